import { parentPort } from 'node:worker_threads';
import * as Y from 'yjs';
import { decodeEntry } from '../log/entry.ts';
import { copyOf } from './copy.ts';
import { renumber } from './renumber.ts';

/** The text of one moment as one Yjs update (v1), and its state vector. */
export interface State {
  readonly bytes: Uint8Array;
  readonly clocks: Uint8Array;
}

interface Tasks {
  /** A snapshot, or null, and the payloads of the rows after it. */
  state: { given: { base: Uint8Array | null; payloads: readonly Uint8Array[] }; done: State };
  /** The same text under clients that nobody has used; `clients` pairs each old id with its new one. */
  renumbered: {
    given: { state: Uint8Array; avoid: readonly number[] };
    done: State & { readonly clients: readonly (readonly [number, number])[] };
  };
  /** First content of another document with the same text. */
  copy: { given: { state: Uint8Array }; done: Uint8Array };
}
type Want = keyof Tasks;
export type Task = { [W in Want]: { readonly want: W } & Readonly<Tasks[W]['given']> }[Want];
export type AnswerTo<T extends Task> = Tasks[T['want']]['done'];
export type Answer = { readonly done: unknown } | { readonly error: string };

function docOf(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc: true });
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return doc;
}

const stateOf = (doc: Y.Doc): State => ({
  bytes: Y.encodeStateAsUpdate(doc),
  clocks: Y.encodeStateVector(doc),
});

function work(task: Task): unknown {
  switch (task.want) {
    case 'state': {
      const rows = task.payloads.flatMap((payload) => decodeEntry(payload).map(({ update }) => update));
      return stateOf(docOf(...(task.base ? [task.base] : []), ...rows));
    }
    case 'renumbered': {
      const doc = docOf(task.state);
      const clients = renumber(doc, new Set(task.avoid));
      return { ...stateOf(doc), clients };
    }
    case 'copy':
      return Y.encodeStateAsUpdate(copyOf(docOf(task.state)));
  }
}

function answer(task: Task): Answer {
  try {
    return { done: work(task) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)));

import { parentPort } from 'node:worker_threads';
import type { Block } from '@parvis/document/block';
import { blocksOf } from '@parvis/document/read-blocks';
import * as Y from 'yjs';
import { decodeEntry } from '../log/entry.ts';
import { copyOf } from './copy.ts';
import { type Difference, differenceOf } from './difference.ts';
import { originsOf } from './origins.ts';
import { peopleOf, removersBy, type WhoOf, writersBy, type Written } from './people-of.ts';
import { renumber } from './renumber.ts';
import { withWriters } from './words.ts';
import type { WorkerAnswer } from '../worker/worker-line.ts';

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
  /** The blocks of a text; with `written`, each run of it says who wrote it. */
  blocks: { given: { state: Uint8Array; written: readonly Written[] | null }; done: readonly Block[] };
  /** From nothing where there is no text before. `rows` are those of the log between the two. */
  difference: {
    given: {
      before: Uint8Array | null;
      after: Uint8Array;
      written: readonly Written[];
      rows: readonly Uint8Array[];
      uids: ReadonlyMap<number, string>;
    };
    done: readonly Difference[];
  };
  /** The plain blocks of a text, for readers and converters. */
  tree: { given: { updates: readonly Uint8Array[] }; done: Block[] };
}
type Want = keyof Tasks;
export type Task = { [W in Want]: { readonly want: W } & Readonly<Tasks[W]['given']> }[Want];
export type AnswerTo<T extends Task> = Tasks[T['want']]['done'];

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

function blocksBy(doc: Y.Doc, written: readonly Written[] | null): readonly Block[] {
  if (written === null) return blocksOf(doc);
  const names = namesIn(doc, writersBy(written));
  const withNames = (block: Block): Block => ({
    ...withWriters(block, names(block.id).text),
    children: block.children.map(withNames),
  });
  return blocksOf(doc).map(withNames);
}

function namesIn(doc: Y.Doc, whoOf: WhoOf, origins = originsOf(doc)) {
  return (blockId: string) => {
    const found = origins.get(blockId);
    if (!found) return { text: [], self: null };
    const { self, text } = found;
    return { text: peopleOf(text, whoOf), self: self && whoOf(self.client, self.clock) };
  };
}

function difference({ before, after, written, rows, uids }: Extract<Task, { want: 'difference' }>) {
  const old = docOf(...(before ? [before] : []));
  const fresh = docOf(after);
  const origins = originsOf(old);
  return differenceOf(
    { blocks: blocksOf(old), names: namesIn(old, removersBy(origins, rows, uids), origins) },
    { blocks: blocksOf(fresh), names: namesIn(fresh, writersBy(written)) },
  );
}

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
    case 'blocks':
      return blocksBy(docOf(task.state), task.written);
    case 'difference':
      return difference(task);
    case 'tree':
      return blocksOf(docOf(...task.updates));
    case 'copy':
      return Y.encodeStateAsUpdate(copyOf(docOf(task.state)));
  }
}

function answer(task: Task): WorkerAnswer<unknown> {
  try {
    return { done: work(task) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)));

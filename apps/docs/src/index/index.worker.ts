import { parentPort } from 'node:worker_threads';
import { indexedTextLengthMax } from '@parvis/contract/limits';
import { fragmentName } from '@parvis/document/version';
import * as Y from 'yjs';
import { copyOf } from '../history/copy.ts';
import { gather, type Gathered, type Line } from './gather.ts';
import { type ByLanguage, byLanguage } from '@parvis/server/words';
import { type Piece, updatesOf } from '../worker/piece.ts';
import type { WorkerAnswer } from '../worker/worker-line.ts';

export type Question =
  | ({ readonly ask: 'gather' } & Piece)
  /** The first content of a copy. */
  | ({ readonly ask: 'copy' } & Piece)
  /** The update that checks a task; null when there is no such task or it is so already. */
  | ({ readonly ask: 'check'; readonly blockId: string; readonly checked: boolean } & Piece);
export type Indexed = Gathered & { readonly words: ByLanguage };
export interface Answers {
  gather: Indexed;
  copy: Uint8Array;
  check: { found: boolean; update: Uint8Array | null };
}

function indexed(doc: Y.Doc): Indexed {
  const found = gather(doc);
  const lines: Line[] = [];
  let characters = 0;
  for (const line of found.lines) {
    characters += line.text.length;
    if (characters > indexedTextLengthMax) break;
    lines.push(line);
  }
  return { ...found, lines, words: byLanguage(lines.map(({ text }) => text)) };
}

function taskOf(node: Y.XmlFragment | Y.XmlElement, blockId: string): Y.XmlElement | null {
  for (const child of node.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue;
    const mine = child.nodeName === 'blockContainer' && child.getAttribute('id') === blockId;
    const own = mine ? child.toArray()[0] : undefined;
    if (own instanceof Y.XmlElement && own.nodeName === 'task') return own;
    const below = taskOf(child, blockId);
    if (below !== null) return below;
  }
  return null;
}

function check(doc: Y.Doc, blockId: string, checked: boolean): Answers['check'] {
  const task = taskOf(doc.getXmlFragment(fragmentName), blockId);
  if (task === null) return { found: false, update: null };
  if (((task.getAttribute('checked') as unknown) === true) === checked) return { found: true, update: null };
  const made: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => made.push(update));
  // Yjs keeps any JSON value in an attribute; its types only know of strings.
  task.setAttribute('checked', checked as unknown as string);
  return { found: true, update: made[0] ?? null };
}

function copied(doc: Y.Doc): Uint8Array {
  const copy = copyOf(doc);
  const bytes = Y.encodeStateAsUpdate(copy);
  copy.destroy();
  return bytes;
}

function answer(question: Question): WorkerAnswer<Answers[keyof Answers]> {
  const doc = new Y.Doc({ gc: true });
  try {
    doc.transact(() => {
      for (const update of updatesOf(question)) Y.applyUpdate(doc, update);
    });
    if (question.ask === 'gather') return { done: indexed(doc) };
    if (question.ask === 'copy') return { done: copied(doc) };
    return { done: check(doc, question.blockId, question.checked) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    doc.destroy();
  }
}

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)));

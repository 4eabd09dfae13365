import { parentPort } from 'node:worker_threads';
import type { ImportFormat } from '@parvis/contract/doc-conversion';
import type { Block } from '@parvis/document/block';
import { blocksOf } from '@parvis/document/read-blocks';
import * as Y from 'yjs';
import { BadFile, type Found, type Paper } from './paper.ts';
import { readDocx } from './read-docx.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readOdt } from './read-odt.ts';
import { writeDocx } from './write-docx.ts';
import { writeHtml } from './write-html.ts';
import { writeMarkdown } from './write-markdown.ts';
import { writeOdt } from './write-odt.ts';

export type Written = 'docx' | 'odt' | 'md' | 'html';

interface Tasks {
  /** Finds what is in a file. */
  read: { given: { format: ImportFormat; bytes: Uint8Array }; done: Found };
  /** The blocks of a document; its Y.Doc is a copy that is thrown away. */
  open: { given: { updates: readonly Uint8Array[] }; done: readonly Block[] };
  /** The bytes of a file. `beside`: addresses of pictures that lie beside it, by what the document calls them. */
  write: {
    given: { format: Written; paper: Paper; beside: Readonly<Record<string, string>> | null };
    done: Uint8Array;
  };
}
type Want = keyof Tasks;
export type Task = { [W in Want]: { readonly want: W } & Readonly<Tasks[W]['given']> }[Want];
export type AnswerTo<T extends Task> = Tasks[T['want']]['done'];
export type Answer = { readonly done: unknown } | { readonly code: string } | { readonly error: string };

function read(format: ImportFormat, bytes: Uint8Array): Promise<Found> | Found {
  switch (format) {
    case 'docx':
      return readDocx(bytes);
    case 'odt':
      return readOdt(bytes);
    case 'md':
      return readMarkdown(bytes);
    case 'html':
      return readHtml(bytes);
  }
}

function write(
  format: Written,
  paper: Paper,
  beside: Readonly<Record<string, string>> | null,
): Promise<Uint8Array> | Uint8Array {
  const at = beside === null ? undefined : (url: string) => beside[url] ?? null;
  switch (format) {
    case 'docx':
      return writeDocx(paper);
    case 'odt':
      return writeOdt(paper);
    case 'md':
      return Buffer.from(writeMarkdown(paper, at));
    case 'html':
      return Buffer.from(writeHtml(paper, at));
  }
}

async function work(task: Task): Promise<unknown> {
  if (task.want === 'read') return read(task.format, task.bytes);
  if (task.want === 'write') return write(task.format, task.paper, task.beside);
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of task.updates) Y.applyUpdate(doc, update);
  });
  return blocksOf(doc);
}

async function answer(task: Task): Promise<Answer> {
  try {
    return { done: await work(task) };
  } catch (error) {
    if (error instanceof BadFile) return { code: error.code };
    // Nesting without end fills the stack: that is the file's fault.
    if (error instanceof RangeError) return { code: 'file-refused' };
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (task: Task) => {
  void answer(task).then((said) => parentPort?.postMessage(said));
});

import { parentPort } from 'node:worker_threads';
import * as Y from 'yjs';
import { type Piece, updatesOf } from '../worker/piece.ts';
import type { WorkerAnswer } from '../worker/worker-line.ts';

export interface Compacted {
  readonly bytes: Uint8Array;
  readonly clocks: Uint8Array;
}

/** One update of all: without the text that was deleted, which merging bytes would keep. */
function compact(piece: Piece): WorkerAnswer<Compacted> {
  const doc = new Y.Doc({ gc: true });
  try {
    doc.transact(() => {
      for (const update of updatesOf(piece)) Y.applyUpdate(doc, update);
    });
    // What still waits for something missing is part of the update, but not of the clocks.
    return { done: { bytes: Y.encodeStateAsUpdate(doc), clocks: Y.encodeStateVector(doc) } };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    doc.destroy();
  }
}

parentPort?.on('message', (task: Piece) => parentPort?.postMessage(compact(task)));

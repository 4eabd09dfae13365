import { Injectable } from '@nestjs/common';
import { UpdateLog } from '../log/log.ts';
import { SnapshotStore } from '../log/snapshot-store.ts';
import { type Piece, pieceOf } from '../worker/piece.ts';
import { WorkerLine } from '../worker/worker-line.ts';
import type { Compacted } from './compact.worker.ts';

/** A snapshot that now stands: up to which row, and its size. */
export interface Made {
  readonly seq: number;
  readonly bytes: number;
}

/** Makes snapshots, one at a time, by a Y.Doc in a worker thread: nobody's typing waits for it. */
@Injectable()
export class Compactor {
  readonly #log: UpdateLog;
  readonly #snapshots: SnapshotStore;
  readonly #asked = new Map<number, Promise<Made | null>>();
  readonly #line = new WorkerLine<Piece, Compacted>(import.meta.url, 'compact.worker', 'a snapshot');
  #before: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(log: UpdateLog, snapshots: SnapshotStore) {
    this.#log = log;
    this.#snapshots = snapshots;
  }

  /**
   * Folds the log of a document into a snapshot. Rows of the log stay, for history.
   * @returns null when there was nothing to do
   */
  compact(documentId: number): Promise<Made | null> {
    const asked = this.#asked.get(documentId);
    if (asked) return asked;
    const done = this.#before
      .then(() => this.#make(documentId))
      .finally(() => this.#asked.delete(documentId));
    this.#asked.set(documentId, done);
    this.#before = done.catch(() => undefined);
    return done;
  }

  async #make(documentId: number): Promise<Made | null> {
    if (this.#stopped) return null;
    const stored = await this.#log.read(documentId);
    if (stored === null || stored.tail.length === 0) return null;
    const { piece, memory } = pieceOf(stored);
    const answer = await this.#line.ask(piece, [memory]);
    const hash = await this.#snapshots.put(documentId, answer.bytes);
    const { epoch, seq } = stored;
    if (!(await this.#log.pointAt(documentId, { epoch, seq, hash, clocks: answer.clocks }))) return null;
    await this.sweep(documentId);
    return { seq, bytes: answer.bytes.length };
  }

  /** Drops the snapshots that neither the document nor one of its versions stands on. */
  async sweep(documentId: number): Promise<void> {
    await this.#snapshots.dropOthers(documentId, await this.#log.keptHashes(documentId));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#before;
    await this.#line.stop('done');
  }
}

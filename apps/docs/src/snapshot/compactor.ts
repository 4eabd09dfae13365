import { Injectable } from '@nestjs/common';
import { UpdateLog } from '../log/log.ts';
import { SnapshotStore } from '../log/snapshot-store.ts';
import { WorkerLine } from '../worker/worker-line.ts';
import type { Compacted, CompactionTask } from './compact.worker.ts';

/** Makes snapshots, one at a time, by a Y.Doc in a worker thread: nobody's typing waits for it. */
@Injectable()
export class Compactor {
  readonly #log: UpdateLog;
  readonly #snapshots: SnapshotStore;
  readonly #asked = new Map<number, Promise<number | null>>();
  readonly #line = new WorkerLine<CompactionTask, Compacted>(import.meta.url, 'compact.worker', 'a snapshot');
  #before: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(log: UpdateLog, snapshots: SnapshotStore) {
    this.#log = log;
    this.#snapshots = snapshots;
  }

  /**
   * Folds the log of a document into a snapshot. Rows of the log stay, for history.
   * @returns the seq up to which a snapshot now stands, or null when there was nothing to do
   */
  compact(documentId: number): Promise<number | null> {
    const asked = this.#asked.get(documentId);
    if (asked) return asked;
    const done = this.#before
      .then(() => this.#make(documentId))
      .finally(() => this.#asked.delete(documentId));
    this.#asked.set(documentId, done);
    this.#before = done.catch(() => undefined);
    return done;
  }

  async #make(documentId: number): Promise<number | null> {
    if (this.#stopped) return null;
    const stored = await this.#log.read(documentId);
    if (stored === null || stored.tail.length === 0) return null;
    const updates = stored.tail.flatMap((entry) => entry.updates.map(({ update }) => update));
    const answer = await this.#line.ask({ snapshot: stored.snapshot?.bytes ?? null, updates });
    const hash = await this.#snapshots.put(documentId, answer.bytes);
    const { epoch, seq } = stored;
    if (!(await this.#log.pointAt(documentId, { epoch, seq, hash, clocks: answer.clocks }))) return null;
    await this.sweep(documentId);
    return stored.seq;
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

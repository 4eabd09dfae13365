import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { UpdateLog } from '../log/log.ts';
import { SnapshotStore } from '../log/snapshot-store.ts';
import type { CompactionAnswer, CompactionTask } from './compact.worker.ts';

/** Milliseconds one document may take; a worker that takes longer is ended. */
const compactMsMax = 60_000;
/** Milliseconds after which an idle worker is ended: its memory is needed elsewhere. */
const idleMsMax = 30_000;
/** Megabytes of one worker's heap: a Y.Doc is 11 to 13 times its bytes. */
const workerHeapMbMax = 1_024;

/** The file next to this one, as source in tests and as built. */
const workerUrl = new URL(
  `./compact.worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`,
  import.meta.url,
);

/** Makes snapshots, one at a time, by a Y.Doc in a worker thread: nobody's typing waits for it. */
@Injectable()
export class Compactor {
  readonly #log: UpdateLog;
  readonly #snapshots: SnapshotStore;
  readonly #asked = new Map<number, Promise<number | null>>();
  #before: Promise<unknown> = Promise.resolve();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
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
    const answer = await this.#ask({ snapshot: stored.snapshot?.bytes ?? null, updates });
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

  #ask(task: CompactionTask): Promise<{ bytes: Uint8Array; clocks: Uint8Array }> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    return new Promise<{ bytes: Uint8Array; clocks: Uint8Array }>((resolve, reject) => {
      const late = setTimeout(() => fail(new Error('a snapshot took too long')), compactMsMax);
      const settle = () => {
        clearTimeout(late);
        worker.off('message', answered);
        worker.off('error', fail);
        worker.off('exit', exited);
      };
      const fail = (error: Error) => {
        settle();
        this.#worker = null;
        void worker.terminate();
        reject(error);
      };
      const exited = () => fail(new Error('the snapshot worker ended'));
      const answered = (answer: CompactionAnswer) => {
        settle();
        this.#idle = setTimeout(() => this.#end(), idleMsMax).unref();
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer);
      };
      worker.on('message', answered);
      worker.on('error', fail);
      worker.on('exit', exited);
      worker.postMessage(task);
    });
  }

  #start(): Worker {
    const worker = new Worker(workerUrl, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMbMax },
    });
    worker.unref();
    return worker;
  }

  #end(): void {
    void this.#worker?.terminate();
    this.#worker = null;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#idle);
    await this.#before;
    await this.#worker?.terminate();
    this.#worker = null;
  }
}

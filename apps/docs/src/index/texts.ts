import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Stored, UpdateLog } from '../log/log.ts';
import type { Answer, Answers, Indexed, Question } from './index.worker.ts';

/** Milliseconds one document may take; a worker that takes longer is ended. */
const answerMsMax = 60_000;
/** Milliseconds after which an idle worker is ended: its memory is needed elsewhere. */
const idleMsMax = 30_000;
/** Megabytes of the worker's heap: a Y.Doc is 11 to 13 times its bytes. */
const workerHeapMbMax = 1_024;

/** The file next to this one, as source in tests and as built. */
const fromSource = import.meta.url.endsWith('.ts');
const workerUrl = new URL(`./index.worker.${fromSource ? 'ts' : 'js'}`, import.meta.url);

/** Looks into the text of documents in a worker thread, one at a time: nobody's typing waits for it. */
@Injectable()
export class Texts implements OnModuleDestroy {
  readonly #log: UpdateLog;
  #before: Promise<unknown> = Promise.resolve();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(log: UpdateLog) {
    this.#log = log;
  }

  /** What the index keeps of a text that was read from the log. @throws Error when it cannot be read */
  async gather(stored: Stored): Promise<Indexed> {
    return (await this.#asked({ ask: 'gather', ...partsOf(stored) })) as Answers['gather'];
  }

  /**
   * First content of a document with the same text, as copies have it (history/copy.ts); null when the document is gone.
   * @throws Error when it cannot be read
   */
  async copy(documentId: number): Promise<Uint8Array | null> {
    const stored = await this.#log.read(documentId);
    if (stored === null) return null;
    return (await this.#asked({ ask: 'copy', ...partsOf(stored) })) as Answers['copy'];
  }

  /** The update that checks a task, or opens it again; `found` is false when the text has no such task. */
  async check(stored: Stored, blockId: string, checked: boolean): Promise<Answers['check']> {
    const asked = this.#asked({ ask: 'check', blockId, checked, ...partsOf(stored) });
    return (await asked) as Answers['check'];
  }

  #asked(question: Question): Promise<Answers[keyof Answers]> {
    const asked = this.#before.then(() => this.#ask(question));
    this.#before = asked.catch(() => undefined);
    return asked;
  }

  #ask(question: Question): Promise<Answers[keyof Answers]> {
    if (this.#stopped) return Promise.reject(new Error('the service stops'));
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => fail(new Error('a text took too long')), answerMsMax);
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
      const exited = () => fail(new Error('the worker for texts ended'));
      const answered = (answer: Answer) => {
        settle();
        this.#idle = setTimeout(() => this.#end(), idleMsMax).unref();
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.done);
      };
      worker.on('message', answered);
      worker.on('error', fail);
      worker.on('exit', exited);
      worker.postMessage(question);
    });
  }

  #start(): Worker {
    const worker = new Worker(workerUrl, {
      execArgv: fromSource ? ['--conditions=source'] : [],
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMbMax },
    });
    worker.unref();
    return worker;
  }

  #end(): void {
    void this.#worker?.terminate();
    this.#worker = null;
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#idle);
    await this.#before;
    await this.#worker?.terminate();
    this.#worker = null;
  }
}

function partsOf(stored: Stored) {
  return {
    snapshot: stored.snapshot?.bytes ?? null,
    updates: stored.tail.flatMap((entry) => entry.updates.map(({ update }) => update)),
  };
}

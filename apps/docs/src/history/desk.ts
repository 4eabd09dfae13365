import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Answer, AnswerTo, Task } from './history.worker.ts';

/** Milliseconds one task may take; a worker that takes longer is ended. */
const taskMsMax = 60_000;
/** Milliseconds after which an idle worker is ended: its memory is needed elsewhere. */
const idleMsMax = 30_000;
/** Megabytes of one worker's heap: a Y.Doc is 11 to 13 times its bytes. */
const workerHeapMbMax = 1_024;

const fromSource = import.meta.url.endsWith('.ts');
/** The file next to this one, as source in tests and as built. */
const workerUrl = new URL(`./history.worker.${fromSource ? 'ts' : 'js'}`, import.meta.url);

/** Does in a worker thread, one after the other, what needs a Y.Doc of the past: nobody's typing waits for it. */
@Injectable()
export class Desk implements OnModuleDestroy {
  #before: Promise<unknown> = Promise.resolve();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;

  /** @throws Error when the task failed, took too long or needed too much memory */
  ask<T extends Task>(task: T): Promise<AnswerTo<T>> {
    const done = this.#before.then(() => this.#ask(task));
    this.#before = done.catch(() => undefined);
    return done as Promise<AnswerTo<T>>;
  }

  async onModuleDestroy(): Promise<void> {
    await this.#before;
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #ask(task: Task): Promise<unknown> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => fail(new Error('a task on the past took too long')), taskMsMax);
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
      const exited = () => fail(new Error('the worker of the past ended'));
      const answered = (answer: Answer) => {
        settle();
        this.#idle = setTimeout(() => this.#end(), idleMsMax).unref();
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.done);
      };
      worker.on('message', answered);
      worker.on('error', fail);
      worker.on('exit', exited);
      worker.postMessage(task);
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
}

import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { conversionMemoryBytesMax, conversionMsMax } from '@parvis/contract/limits';
import type { Answer, AnswerTo, Task } from './convert.worker.ts';
import { BadFile } from './paper.ts';

/** Milliseconds after which an idle worker is ended: its memory is needed elsewhere. */
const idleMsMax = 30_000;

const fromSource = import.meta.url.endsWith('.ts');
/** The file next to this one, as source in tests and as built. */
const workerUrl = new URL(`./convert.worker.${fromSource ? 'ts' : 'js'}`, import.meta.url);

/** Reads and writes files in worker threads with a limit of memory and of time: nobody's typing waits for them. */
@Injectable()
export class Workshop implements OnModuleDestroy {
  readonly #idle: Worker[] = [];
  #ending: NodeJS.Timeout | undefined;

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.#ending);
    await this.#endIdle();
  }

  async #endIdle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.terminate()));
  }

  /** @throws BadFile for a file that is not taken; Error for a fault of ours */
  async do<T extends Task>(task: T): Promise<AnswerTo<T>> {
    clearTimeout(this.#ending);
    const worker = this.#idle.pop() ?? this.#start();
    const answer = await this.#ask(worker, task).catch((error: unknown) => {
      void worker.terminate();
      throw error;
    });
    this.#idle.push(worker);
    this.#ending = setTimeout(() => void this.#endIdle(), idleMsMax).unref();
    if ('done' in answer) return answer.done as AnswerTo<T>;
    throw 'code' in answer ? new BadFile(answer.code) : new Error(answer.error);
  }

  #start(): Worker {
    const worker = new Worker(workerUrl, {
      execArgv: fromSource ? ['--conditions=source'] : [],
      resourceLimits: { maxOldGenerationSizeMb: conversionMemoryBytesMax / 1024 ** 2 },
    });
    worker.unref();
    return worker;
  }

  #ask(worker: Worker, task: Task): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const settle = () => {
        clearTimeout(late);
        worker.off('message', answered);
        worker.off('error', fail);
        worker.off('exit', exited);
      };
      const fail = (error: Error & { code?: string }) => {
        settle();
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new BadFile('file-bomb') : error);
      };
      const late = setTimeout(() => fail(new BadFile('conversion-too-slow')), conversionMsMax);
      const exited = () => fail(new Error('the worker of a conversion ended'));
      const answered = (answer: Answer) => {
        settle();
        resolve(answer);
      };
      worker.on('message', answered);
      worker.on('error', fail);
      worker.on('exit', exited);
      worker.postMessage(task);
    });
  }
}

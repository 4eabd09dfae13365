import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { WorkerLine } from '../worker/worker-line.ts';
import type { AnswerTo, Task } from './history.worker.ts';

/** Does in a worker thread, one after the other, what needs a Y.Doc of the past: nobody's typing waits for it. */
@Injectable()
export class Desk implements OnModuleDestroy {
  readonly #line = new WorkerLine<Task, unknown>(import.meta.url, 'history.worker', 'a task on the past');

  /** @throws Error when the task failed, took too long or needed too much memory */
  ask<T extends Task>(task: T): Promise<AnswerTo<T>> {
    return this.#line.ask(task) as Promise<AnswerTo<T>>;
  }

  onModuleDestroy(): Promise<void> {
    return this.#line.stop('done');
  }
}

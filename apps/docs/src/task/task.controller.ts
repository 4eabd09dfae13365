import { Controller } from '@nestjs/common';
import { checkTask, listMyTasks } from '@parvis/contract/doc-tasks';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Tasks } from './tasks.service.ts';

@Controller()
export class TaskController {
  readonly #tasks: Tasks;

  constructor(tasks: Tasks) {
    this.#tasks = tasks;
  }

  @Serves(listMyTasks)
  mine(@Asks() caller: Caller) {
    return this.#tasks.mine(caller);
  }

  @Serves(checkTask)
  check(@Asks() caller: Caller, @Input(checkTask) input: InputOf<typeof checkTask>) {
    return this.#tasks.check(caller, input);
  }
}

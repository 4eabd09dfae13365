import { Controller } from '@nestjs/common';
import { getStatus } from '@parvis/contract/status';
import { Serves } from '@parvis/server/serves';
import { Status } from './status.service.ts';

@Controller()
export class StatusController {
  readonly #status: Status;

  constructor(status: Status) {
    this.#status = status;
  }

  @Serves(getStatus)
  get() {
    return this.#status.get();
  }
}

import { Controller } from '@nestjs/common';
import { answerAccessRequest, askForAccess, listAccessRequests } from '@parvis/contract/access-request';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { AccessRequests } from './access-request.service.ts';

@Controller()
export class AccessRequestController {
  readonly #requests: AccessRequests;

  constructor(requests: AccessRequests) {
    this.#requests = requests;
  }

  @Serves(askForAccess)
  ask(@Asks() caller: Caller, @Input(askForAccess) input: InputOf<typeof askForAccess>) {
    return this.#requests.ask(caller, input);
  }

  @Serves(listAccessRequests)
  list(@Asks() caller: Caller) {
    return this.#requests.list(caller);
  }

  @Serves(answerAccessRequest)
  answer(@Asks() caller: Caller, @Input(answerAccessRequest) input: InputOf<typeof answerAccessRequest>) {
    return this.#requests.answer(caller, input);
  }
}

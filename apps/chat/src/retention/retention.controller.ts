import { Controller } from '@nestjs/common';
import {
  applyRetention,
  findChannelsOfHouse,
  getChatPolicy,
  listHolds,
  placeHold,
  releaseHold,
  setChatPolicy,
} from '@parvis/contract/chat-retention';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Retention } from './retention.service.ts';

@Controller()
export class RetentionController {
  constructor(private readonly retention: Retention) {}

  @Serves(getChatPolicy)
  policy() {
    return this.retention.policy();
  }

  @Serves(setChatPolicy)
  setPolicy(@Asks() caller: Caller, @Input(setChatPolicy) input: InputOf<typeof setChatPolicy>) {
    return this.retention.setPolicy(caller, input);
  }

  @Serves(applyRetention)
  apply(@Asks() caller: Caller) {
    return this.retention.apply(caller);
  }

  @Serves(listHolds)
  holds() {
    return this.retention.holds();
  }

  @Serves(placeHold)
  place(@Asks() caller: Caller, @Input(placeHold) input: InputOf<typeof placeHold>) {
    return this.retention.place(caller, input);
  }

  @Serves(releaseHold)
  release(@Asks() caller: Caller, @Input(releaseHold) { holdId }: InputOf<typeof releaseHold>) {
    return this.retention.release(caller, holdId);
  }

  @Serves(findChannelsOfHouse)
  channels(@Input(findChannelsOfHouse) { named }: InputOf<typeof findChannelsOfHouse>) {
    return this.retention.channels(named);
  }
}

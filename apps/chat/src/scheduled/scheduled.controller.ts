import { Controller } from '@nestjs/common';
import {
  cancelScheduled,
  changeScheduled,
  listScheduled,
  scheduleMessage,
  sendScheduledNow,
} from '@parvis/contract/chat-scheduled';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { ScheduledService } from './scheduled.service.ts';

@Controller()
export class ScheduledController {
  constructor(private readonly scheduled: ScheduledService) {}

  @Serves(listScheduled)
  list(@Asks() caller: Caller) {
    return this.scheduled.list(caller);
  }

  @Serves(scheduleMessage)
  add(@Asks() caller: Caller, @Input(scheduleMessage) input: InputOf<typeof scheduleMessage>) {
    return this.scheduled.add(caller, input);
  }

  @Serves(changeScheduled)
  change(@Asks() caller: Caller, @Input(changeScheduled) input: InputOf<typeof changeScheduled>) {
    return this.scheduled.change(caller, input);
  }

  @Serves(cancelScheduled)
  cancel(@Asks() caller: Caller, @Input(cancelScheduled) input: InputOf<typeof cancelScheduled>) {
    return this.scheduled.cancel(caller, input);
  }

  @Serves(sendScheduledNow)
  sendNow(@Asks() caller: Caller, @Input(sendScheduledNow) input: InputOf<typeof sendScheduledNow>) {
    return this.scheduled.sendNow(caller, input);
  }
}

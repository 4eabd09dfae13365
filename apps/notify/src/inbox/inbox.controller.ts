import { Controller } from '@nestjs/common';
import { countInbox, listInbox, markInbox, readThing } from '@parvis/contract/notify';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { InboxService } from './inbox.service.ts';

@Controller()
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  @Serves(listInbox)
  list(@Asks() caller: Caller, @Input(listInbox) input: InputOf<typeof listInbox>) {
    return this.inbox.list(caller, input);
  }

  @Serves(countInbox)
  count(@Asks() caller: Caller) {
    return this.inbox.count(caller);
  }

  @Serves(markInbox)
  mark(@Asks() caller: Caller, @Input(markInbox) input: InputOf<typeof markInbox>) {
    return this.inbox.mark(caller, input);
  }

  @Serves(readThing)
  readThing(@Asks() caller: Caller, @Input(readThing) { id }: InputOf<typeof readThing>) {
    return this.inbox.readThing(caller, id);
  }
}

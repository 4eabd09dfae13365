import { Controller } from '@nestjs/common';
import { markUnread } from '@parvis/contract/chat';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { UnreadService } from './unread.service.ts';

@Controller()
export class UnreadController {
  constructor(private readonly unread: UnreadService) {}

  @Serves(markUnread)
  mark(@Asks() caller: Caller, @Input(markUnread) input: InputOf<typeof markUnread>) {
    return this.unread.mark(caller, input);
  }
}

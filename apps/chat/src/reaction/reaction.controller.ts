import { Controller } from '@nestjs/common';
import { reactToMessage } from '@parvis/contract/chat-message';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Reactions } from './reaction.service.ts';

@Controller()
export class ReactionController {
  constructor(private readonly reactions: Reactions) {}

  @Serves(reactToMessage)
  react(@Asks() caller: Caller, @Input(reactToMessage) input: InputOf<typeof reactToMessage>) {
    return this.reactions.react(caller, input);
  }
}

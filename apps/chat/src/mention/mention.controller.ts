import { Controller } from '@nestjs/common';
import { findMentionable } from '@parvis/contract/chat-write';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { MentionService } from './mention.service.ts';

@Controller()
export class MentionController {
  constructor(private readonly mentions: MentionService) {}

  @Serves(findMentionable)
  find(@Asks() caller: Caller, @Input(findMentionable) input: InputOf<typeof findMentionable>) {
    return this.mentions.find(caller, input);
  }
}

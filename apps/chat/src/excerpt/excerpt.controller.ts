import { Controller } from '@nestjs/common';
import { readExcerpts } from '@parvis/contract/chat-excerpt';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Excerpts } from './excerpt.service.ts';

@Controller()
export class ExcerptController {
  constructor(private readonly excerpts: Excerpts) {}

  @Serves(readExcerpts)
  read(@Asks() caller: Caller, @Input(readExcerpts) input: InputOf<typeof readExcerpts>) {
    return this.excerpts.read(caller, input);
  }
}

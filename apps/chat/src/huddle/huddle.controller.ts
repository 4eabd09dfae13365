import { Controller } from '@nestjs/common';
import { getHuddle, sayHuddle } from '@parvis/contract/chat-huddle';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Huddles } from './huddle.service.ts';

@Controller()
export class HuddleController {
  constructor(private readonly huddles: Huddles) {}

  @Serves(getHuddle)
  get(@Asks() caller: Caller, @Input(getHuddle) { id }: InputOf<typeof getHuddle>) {
    return this.huddles.last(caller, id);
  }

  @Serves(sayHuddle)
  say(@Asks() caller: Caller, @Input(sayHuddle) input: InputOf<typeof sayHuddle>) {
    return this.huddles.say(caller, input);
  }
}

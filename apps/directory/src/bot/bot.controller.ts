import { Controller } from '@nestjs/common';
import { changeBot, createBot, createBotToken, listBots, revokeBotToken } from '@parvis/contract/bot';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Bots } from './bot.service.ts';

@Controller()
export class BotController {
  readonly #bots: Bots;

  constructor(bots: Bots) {
    this.#bots = bots;
  }

  @Serves(listBots)
  list(@Asks() caller: Caller) {
    return this.#bots.list(caller);
  }

  @Serves(createBot)
  create(@Asks() caller: Caller, @Input(createBot) input: InputOf<typeof createBot>) {
    return this.#bots.create(caller, input);
  }

  @Serves(changeBot)
  change(@Asks() caller: Caller, @Input(changeBot) input: InputOf<typeof changeBot>) {
    return this.#bots.change(caller, input);
  }

  @Serves(createBotToken)
  createToken(@Asks() caller: Caller, @Input(createBotToken) input: InputOf<typeof createBotToken>) {
    return this.#bots.createToken(caller, input);
  }

  @Serves(revokeBotToken)
  revokeToken(@Asks() caller: Caller, @Input(revokeBotToken) input: InputOf<typeof revokeBotToken>) {
    return this.#bots.revokeToken(caller, input);
  }
}

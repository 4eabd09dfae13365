import { Controller } from '@nestjs/common';
import { endSession, getMe, listSessions, setPreferences } from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { MeService } from './me.service.ts';

@Controller()
export class MeController {
  readonly #me: MeService;

  constructor(me: MeService) {
    this.#me = me;
  }

  @Serves(getMe)
  get(@Asks() caller: Caller) {
    return this.#me.get(caller);
  }

  @Serves(setPreferences)
  prefer(@Asks() caller: Caller, @Input(setPreferences) input: InputOf<typeof setPreferences>) {
    return this.#me.prefer(caller, input);
  }

  @Serves(listSessions)
  sessions(@Asks() caller: Caller) {
    return this.#me.sessions(caller);
  }

  @Serves(endSession)
  endSession(@Asks() caller: Caller, @Input(endSession) { id }: InputOf<typeof endSession>) {
    return this.#me.endSession(caller, id);
  }
}

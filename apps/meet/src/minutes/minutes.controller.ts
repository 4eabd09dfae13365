import { Controller } from '@nestjs/common';
import { getMinutes, getMinutesPage, makeMinutes, setMinutesDocument } from '@parvis/contract/meet-minutes';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { MinutesService } from './minutes.service.ts';

@Controller()
export class MinutesController {
  constructor(private readonly minutes: MinutesService) {}

  @Serves(getMinutes)
  one(@Asks() caller: Caller, @Input(getMinutes) { id }: InputOf<typeof getMinutes>) {
    return this.minutes.one(caller, id);
  }

  @Serves(makeMinutes)
  make(@Asks() caller: Caller, @Input(makeMinutes) input: InputOf<typeof makeMinutes>) {
    return this.minutes.make(caller, input);
  }

  @Serves(getMinutesPage)
  page(@Asks() caller: Caller, @Input(getMinutesPage) { id }: InputOf<typeof getMinutesPage>) {
    return this.minutes.page(caller, id);
  }

  @Serves(setMinutesDocument)
  document(@Asks() caller: Caller, @Input(setMinutesDocument) input: InputOf<typeof setMinutesDocument>) {
    return this.minutes.document(caller, input);
  }
}

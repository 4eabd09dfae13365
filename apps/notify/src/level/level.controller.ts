import { Controller } from '@nestjs/common';
import {
  changeNotifySettings,
  getLevel,
  getNotifySettings,
  listLevels,
  setLevel,
} from '@parvis/contract/notify-settings';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { LevelService } from './level.service.ts';

@Controller()
export class LevelController {
  constructor(private readonly levels: LevelService) {}

  @Serves(getNotifySettings)
  settings(@Asks() caller: Caller) {
    return this.levels.settings(caller);
  }

  @Serves(changeNotifySettings)
  change(@Asks() caller: Caller, @Input(changeNotifySettings) input: InputOf<typeof changeNotifySettings>) {
    return this.levels.change(caller, input);
  }

  @Serves(listLevels)
  list(@Asks() caller: Caller) {
    return this.levels.list(caller);
  }

  @Serves(getLevel)
  of(@Asks() caller: Caller, @Input(getLevel) { id }: InputOf<typeof getLevel>) {
    return this.levels.of(caller, id);
  }

  @Serves(setLevel)
  choose(@Asks() caller: Caller, @Input(setLevel) input: InputOf<typeof setLevel>) {
    return this.levels.choose(caller, input);
  }
}

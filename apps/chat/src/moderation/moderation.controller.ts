import { Controller } from '@nestjs/common';
import {
  decideHouseReport,
  decideReport,
  hideMessage,
  listHouseReports,
  listReports,
  reportMessage,
  unhideMessage,
} from '@parvis/contract/chat-moderation';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Moderation } from './moderation.service.ts';

@Controller()
export class ModerationController {
  constructor(private readonly moderation: Moderation) {}

  @Serves(reportMessage)
  report(@Asks() caller: Caller, @Input(reportMessage) input: InputOf<typeof reportMessage>) {
    return this.moderation.report(caller, input);
  }

  @Serves(listReports)
  list(@Asks() caller: Caller, @Input(listReports) { id }: InputOf<typeof listReports>) {
    return this.moderation.list(caller, id);
  }

  @Serves(decideReport)
  decide(@Asks() caller: Caller, @Input(decideReport) input: InputOf<typeof decideReport>) {
    return this.moderation.decide(caller, input);
  }

  @Serves(hideMessage)
  hide(@Asks() caller: Caller, @Input(hideMessage) input: InputOf<typeof hideMessage>) {
    return this.moderation.hide(caller, input, true);
  }

  @Serves(unhideMessage)
  unhide(@Asks() caller: Caller, @Input(unhideMessage) input: InputOf<typeof unhideMessage>) {
    return this.moderation.hide(caller, input, false);
  }

  @Serves(listHouseReports)
  ofHouse() {
    return this.moderation.ofHouse();
  }

  @Serves(decideHouseReport)
  decideOfHouse(@Asks() caller: Caller, @Input(decideHouseReport) input: InputOf<typeof decideHouseReport>) {
    return this.moderation.decideOfHouse(caller, input);
  }
}

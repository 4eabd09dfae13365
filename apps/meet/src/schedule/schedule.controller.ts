import { Controller } from '@nestjs/common';
import {
  answerMeeting,
  cancelOccurrence,
  changePlan,
  getPlan,
  listMyMeetings,
  moveOccurrence,
  scheduleMeeting,
} from '@parvis/contract/meet-schedule';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { MineService } from './mine.service.ts';
import { PlanService } from './plan.service.ts';

@Controller()
export class ScheduleController {
  constructor(
    private readonly plans: PlanService,
    private readonly mine: MineService,
  ) {}

  @Serves(scheduleMeeting)
  schedule(@Asks() caller: Caller, @Input(scheduleMeeting) input: InputOf<typeof scheduleMeeting>) {
    return this.plans.schedule(caller, input);
  }

  @Serves(getPlan)
  one(@Asks() caller: Caller, @Input(getPlan) { id }: InputOf<typeof getPlan>) {
    return this.plans.one(caller, id);
  }

  @Serves(changePlan)
  change(@Asks() caller: Caller, @Input(changePlan) input: InputOf<typeof changePlan>) {
    return this.plans.change(caller, input);
  }

  @Serves(moveOccurrence)
  move(@Asks() caller: Caller, @Input(moveOccurrence) input: InputOf<typeof moveOccurrence>) {
    return this.plans.move(caller, input);
  }

  @Serves(cancelOccurrence)
  cancel(@Asks() caller: Caller, @Input(cancelOccurrence) input: InputOf<typeof cancelOccurrence>) {
    return this.plans.cancel(caller, input);
  }

  @Serves(answerMeeting)
  answer(@Asks() caller: Caller, @Input(answerMeeting) input: InputOf<typeof answerMeeting>) {
    return this.plans.answer(caller, input);
  }

  @Serves(listMyMeetings)
  list(@Asks() caller: Caller, @Input(listMyMeetings) input: InputOf<typeof listMyMeetings>) {
    return this.mine.list(caller, input);
  }
}

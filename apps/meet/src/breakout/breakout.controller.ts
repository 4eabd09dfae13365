import { Controller } from '@nestjs/common';
import {
  callBack,
  closeBreakouts,
  enterBreakout,
  moveToBreakout,
  openBreakouts,
  sayToBreakouts,
} from '@parvis/contract/meet-room';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, MaybeCaller, Serves } from '@parvis/server/serves';
import { BreakoutService } from './breakout.service.ts';

@Controller()
export class BreakoutController {
  constructor(private readonly breakouts: BreakoutService) {}

  @Serves(openBreakouts)
  open(@Asks() caller: Caller, @Input(openBreakouts) input: InputOf<typeof openBreakouts>) {
    return this.breakouts.open(caller, input);
  }

  @Serves(enterBreakout)
  enter(@MaybeCaller() caller: Caller | null, @Input(enterBreakout) input: InputOf<typeof enterBreakout>) {
    return this.breakouts.enter(caller, input);
  }

  @Serves(moveToBreakout)
  move(@Asks() caller: Caller, @Input(moveToBreakout) input: InputOf<typeof moveToBreakout>) {
    return this.breakouts.move(caller, input);
  }

  @Serves(callBack)
  callBack(@Asks() caller: Caller, @Input(callBack) { id }: InputOf<typeof callBack>) {
    return this.breakouts.callBack(caller, id);
  }

  @Serves(closeBreakouts)
  close(@Asks() caller: Caller, @Input(closeBreakouts) { id }: InputOf<typeof closeBreakouts>) {
    return this.breakouts.close(caller, id);
  }

  @Serves(sayToBreakouts)
  say(@Asks() caller: Caller, @Input(sayToBreakouts) input: InputOf<typeof sayToBreakouts>) {
    return this.breakouts.say(caller, input);
  }
}

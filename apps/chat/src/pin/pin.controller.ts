import { Controller } from '@nestjs/common';
import { listPins, pinMessage } from '@parvis/contract/chat-message';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Pins } from './pin.service.ts';

@Controller()
export class PinController {
  constructor(private readonly pins: Pins) {}

  @Serves(pinMessage)
  pin(@Asks() caller: Caller, @Input(pinMessage) input: InputOf<typeof pinMessage>) {
    return this.pins.pin(caller, input);
  }

  @Serves(listPins)
  list(@Asks() caller: Caller, @Input(listPins) { id }: InputOf<typeof listPins>) {
    return this.pins.list(caller, id);
  }
}

import { Controller } from '@nestjs/common';
import { addDevice, getPushKey, listDevices, removeDevice } from '@parvis/contract/notify-push';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { PushService } from './push.service.ts';

@Controller()
export class PushController {
  constructor(private readonly pushes: PushService) {}

  @Serves(getPushKey)
  key() {
    return this.pushes.key();
  }

  @Serves(listDevices)
  list(@Asks() caller: Caller) {
    return this.pushes.list(caller);
  }

  @Serves(addDevice)
  add(@Asks() caller: Caller, @Input(addDevice) input: InputOf<typeof addDevice>) {
    return this.pushes.add(caller, input);
  }

  @Serves(removeDevice)
  remove(@Asks() caller: Caller, @Input(removeDevice) { id }: InputOf<typeof removeDevice>) {
    return this.pushes.remove(caller, id);
  }
}

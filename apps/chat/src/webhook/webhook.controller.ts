import { Controller } from '@nestjs/common';
import {
  changeOutgoingHook,
  createIncomingHook,
  createOutgoingHook,
  deleteIncomingHook,
  deleteOutgoingHook,
  deliverAgain,
  listDeliveries,
  postByHook,
  renewHookSecret,
  renewIncomingHook,
  testOutgoingHook,
} from '@parvis/contract/chat-hook';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { IncomingHooks } from './incoming.service.ts';
import { OutgoingHooks } from './outgoing.service.ts';

@Controller()
export class WebhookController {
  constructor(
    private readonly incoming: IncomingHooks,
    private readonly outgoing: OutgoingHooks,
  ) {}

  @Serves(postByHook)
  post(@Input(postByHook) input: InputOf<typeof postByHook>) {
    return this.incoming.post(input);
  }

  @Serves(createIncomingHook)
  createIncoming(
    @Asks() caller: Caller,
    @Input(createIncomingHook) input: InputOf<typeof createIncomingHook>,
  ) {
    return this.incoming.create(caller, input);
  }

  @Serves(renewIncomingHook)
  renewIncoming(@Asks() caller: Caller, @Input(renewIncomingHook) input: InputOf<typeof renewIncomingHook>) {
    return this.incoming.renew(caller, input);
  }

  @Serves(deleteIncomingHook)
  deleteIncoming(
    @Asks() caller: Caller,
    @Input(deleteIncomingHook) input: InputOf<typeof deleteIncomingHook>,
  ) {
    return this.incoming.delete(caller, input);
  }

  @Serves(createOutgoingHook)
  createOutgoing(
    @Asks() caller: Caller,
    @Input(createOutgoingHook) input: InputOf<typeof createOutgoingHook>,
  ) {
    return this.outgoing.create(caller, input);
  }

  @Serves(changeOutgoingHook)
  changeOutgoing(
    @Asks() caller: Caller,
    @Input(changeOutgoingHook) input: InputOf<typeof changeOutgoingHook>,
  ) {
    return this.outgoing.change(caller, input);
  }

  @Serves(renewHookSecret)
  renewSecret(@Asks() caller: Caller, @Input(renewHookSecret) input: InputOf<typeof renewHookSecret>) {
    return this.outgoing.renewSecret(caller, input);
  }

  @Serves(deleteOutgoingHook)
  deleteOutgoing(
    @Asks() caller: Caller,
    @Input(deleteOutgoingHook) input: InputOf<typeof deleteOutgoingHook>,
  ) {
    return this.outgoing.delete(caller, input);
  }

  @Serves(testOutgoingHook)
  test(@Asks() caller: Caller, @Input(testOutgoingHook) input: InputOf<typeof testOutgoingHook>) {
    return this.outgoing.test(caller, input);
  }

  @Serves(listDeliveries)
  deliveries(@Asks() caller: Caller, @Input(listDeliveries) input: InputOf<typeof listDeliveries>) {
    return this.outgoing.log(caller, input);
  }

  @Serves(deliverAgain)
  again(@Asks() caller: Caller, @Input(deliverAgain) input: InputOf<typeof deliverAgain>) {
    return this.outgoing.again(caller, input);
  }
}

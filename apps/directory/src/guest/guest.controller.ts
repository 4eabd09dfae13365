import { Controller } from '@nestjs/common';
import { endGuest, inviteGuest } from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Guests } from './guest.service.ts';

@Controller()
export class GuestController {
  readonly #guests: Guests;

  constructor(guests: Guests) {
    this.#guests = guests;
  }

  @Serves(inviteGuest)
  invite(@Asks() caller: Caller, @Input(inviteGuest) input: InputOf<typeof inviteGuest>) {
    return this.#guests.invite(caller, input);
  }

  @Serves(endGuest)
  end(@Asks() caller: Caller, @Input(endGuest) { id }: InputOf<typeof endGuest>) {
    return this.#guests.end(caller, id);
  }
}

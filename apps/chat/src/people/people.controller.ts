import { Controller } from '@nestjs/common';
import {
  addToChannel,
  joinChannel,
  leaveChannel,
  listChannelPeople,
  placeChannel,
  removeFromChannel,
} from '@parvis/contract/chat-channel';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { ChannelPeople } from './people.service.ts';

@Controller()
export class PeopleController {
  constructor(private readonly people: ChannelPeople) {}

  @Serves(listChannelPeople)
  list(@Asks() caller: Caller, @Input(listChannelPeople) input: InputOf<typeof listChannelPeople>) {
    return this.people.list(caller, input);
  }

  @Serves(joinChannel)
  join(@Asks() caller: Caller, @Input(joinChannel) { id }: InputOf<typeof joinChannel>) {
    return this.people.join(caller, id);
  }

  @Serves(leaveChannel)
  leave(@Asks() caller: Caller, @Input(leaveChannel) { id }: InputOf<typeof leaveChannel>) {
    return this.people.leave(caller, id);
  }

  @Serves(placeChannel)
  place(@Asks() caller: Caller, @Input(placeChannel) input: InputOf<typeof placeChannel>) {
    return this.people.place(caller, input);
  }

  @Serves(addToChannel)
  add(@Asks() caller: Caller, @Input(addToChannel) input: InputOf<typeof addToChannel>) {
    return this.people.add(caller, input);
  }

  @Serves(removeFromChannel)
  remove(
    @Asks() caller: Caller,
    @Input(removeFromChannel) { id, personId }: InputOf<typeof removeFromChannel>,
  ) {
    return this.people.remove(caller, id, personId);
  }
}

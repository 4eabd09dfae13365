import { Controller } from '@nestjs/common';
import { findDirectPeople, listDirect, openDirect } from '@parvis/contract/chat-direct';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { DirectConversations } from './direct.service.ts';

@Controller()
export class DirectController {
  constructor(private readonly conversations: DirectConversations) {}

  @Serves(openDirect)
  open(@Asks() caller: Caller, @Input(openDirect) input: InputOf<typeof openDirect>) {
    return this.conversations.open(caller, input);
  }

  @Serves(listDirect)
  list(@Asks() caller: Caller) {
    return this.conversations.list(caller);
  }

  @Serves(findDirectPeople)
  people(@Asks() caller: Caller, @Input(findDirectPeople) input: InputOf<typeof findDirectPeople>) {
    return this.conversations.people(caller, input);
  }
}

import { Controller } from '@nestjs/common';
import {
  createSpace,
  getSpace,
  inviteToSpace,
  listMembers,
  listSpaces,
  removeFromSpace,
} from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Spaces } from './space.service.ts';

@Controller()
export class SpaceController {
  readonly #spaces: Spaces;

  constructor(spaces: Spaces) {
    this.#spaces = spaces;
  }

  @Serves(listSpaces)
  list(@Asks() caller: Caller) {
    return this.#spaces.list(caller);
  }

  @Serves(createSpace)
  create(@Asks() caller: Caller, @Input(createSpace) input: InputOf<typeof createSpace>) {
    return this.#spaces.create(caller, input);
  }

  @Serves(getSpace)
  get(@Asks() caller: Caller, @Input(getSpace) { id }: InputOf<typeof getSpace>) {
    return this.#spaces.get(caller, id);
  }

  @Serves(listMembers)
  members(@Asks() caller: Caller, @Input(listMembers) { id }: InputOf<typeof listMembers>) {
    return this.#spaces.members(caller, id);
  }

  @Serves(inviteToSpace)
  invite(@Asks() caller: Caller, @Input(inviteToSpace) input: InputOf<typeof inviteToSpace>) {
    return this.#spaces.invite(caller, input);
  }

  @Serves(removeFromSpace)
  remove(@Asks() caller: Caller, @Input(removeFromSpace) { id, personId }: InputOf<typeof removeFromSpace>) {
    return this.#spaces.remove(caller, id, personId);
  }
}

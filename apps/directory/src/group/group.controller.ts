import { Controller } from '@nestjs/common';
import {
  addToGroup,
  createGroup,
  listGroupMembers,
  listGroups,
  removeFromGroup,
} from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Groups } from './group.service.ts';

@Controller()
export class GroupController {
  readonly #groups: Groups;

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  @Serves(listGroups)
  list() {
    return this.#groups.list();
  }

  @Serves(createGroup)
  create(@Asks() caller: Caller, @Input(createGroup) { name }: InputOf<typeof createGroup>) {
    return this.#groups.create(caller, name);
  }

  @Serves(listGroupMembers)
  members(@Input(listGroupMembers) { id }: InputOf<typeof listGroupMembers>) {
    return this.#groups.members(id);
  }

  @Serves(addToGroup)
  add(@Asks() caller: Caller, @Input(addToGroup) { id, memberId }: InputOf<typeof addToGroup>) {
    return this.#groups.change(caller, id, memberId, 'add');
  }

  @Serves(removeFromGroup)
  remove(@Asks() caller: Caller, @Input(removeFromGroup) { id, memberId }: InputOf<typeof removeFromGroup>) {
    return this.#groups.change(caller, id, memberId, 'remove');
  }
}

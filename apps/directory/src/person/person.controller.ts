import { Controller } from '@nestjs/common';
import { getPerson, listPeople } from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { People } from './person.service.ts';

@Controller()
export class PersonController {
  readonly #people: People;

  constructor(people: People) {
    this.#people = people;
  }

  @Serves(listPeople)
  list(@Input(listPeople) input: InputOf<typeof listPeople>) {
    return this.#people.list(input);
  }

  @Serves(getPerson)
  get(@Asks() caller: Caller, @Input(getPerson) { id }: InputOf<typeof getPerson>) {
    return this.#people.get(caller, id);
  }
}

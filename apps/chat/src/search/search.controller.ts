import { Controller } from '@nestjs/common';
import { searchMessages } from '@parvis/contract/chat-search';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Search } from './search.service.ts';

@Controller()
export class SearchController {
  readonly #search: Search;

  constructor(search: Search) {
    this.#search = search;
  }

  @Serves(searchMessages)
  search(@Asks() caller: Caller, @Input(searchMessages) input: InputOf<typeof searchMessages>) {
    return this.#search.search(caller, input);
  }
}

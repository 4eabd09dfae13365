import { Controller } from '@nestjs/common';
import { searchDocuments } from '@parvis/contract/doc-search';
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

  @Serves(searchDocuments)
  search(@Asks() caller: Caller, @Input(searchDocuments) input: InputOf<typeof searchDocuments>) {
    return this.#search.search(caller, input);
  }
}

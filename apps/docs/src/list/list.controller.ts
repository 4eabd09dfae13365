import { Controller } from '@nestjs/common';
import {
  duplicateDocument,
  favourDocument,
  listDocuments,
  listPages,
  unfavourDocument,
  visitDocument,
} from '@parvis/contract/doc-list';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Lists } from './lists.service.ts';
import { Pages } from './pages.service.ts';

@Controller()
export class ListController {
  readonly #lists: Lists;
  readonly #pages: Pages;

  constructor(lists: Lists, pages: Pages) {
    this.#lists = lists;
    this.#pages = pages;
  }

  @Serves(listDocuments)
  list(@Asks() caller: Caller, @Input(listDocuments) input: InputOf<typeof listDocuments>) {
    return this.#lists.list(caller, input);
  }

  @Serves(visitDocument)
  visit(@Asks() caller: Caller, @Input(visitDocument) { id }: InputOf<typeof visitDocument>) {
    return this.#lists.visit(caller, id);
  }

  @Serves(favourDocument)
  favour(@Asks() caller: Caller, @Input(favourDocument) input: InputOf<typeof favourDocument>) {
    return this.#lists.favour(caller, input);
  }

  @Serves(unfavourDocument)
  unfavour(@Asks() caller: Caller, @Input(unfavourDocument) { id }: InputOf<typeof unfavourDocument>) {
    return this.#lists.unfavour(caller, id);
  }

  @Serves(listPages)
  pages(@Asks() caller: Caller, @Input(listPages) input: InputOf<typeof listPages>) {
    return this.#pages.list(caller, input);
  }

  @Serves(duplicateDocument)
  duplicate(@Asks() caller: Caller, @Input(duplicateDocument) input: InputOf<typeof duplicateDocument>) {
    return this.#pages.duplicate(caller, input);
  }
}

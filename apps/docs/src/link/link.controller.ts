import { Controller } from '@nestjs/common';
import { listBacklinks, listMyMentions } from '@parvis/contract/doc-links';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { References } from './references.service.ts';

@Controller()
export class LinkController {
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  @Serves(listBacklinks)
  backlinks(@Asks() caller: Caller, @Input(listBacklinks) { id }: InputOf<typeof listBacklinks>) {
    return this.#references.backlinks(caller, id);
  }

  @Serves(listMyMentions)
  mentions(@Asks() caller: Caller, @Input(listMyMentions) input: InputOf<typeof listMyMentions>) {
    return this.#references.mentions(caller, input);
  }
}

import { Controller } from '@nestjs/common';
import { createDocument, getDocument } from '@parvis/contract/docs';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Documents } from './document.service.ts';

@Controller()
export class DocumentController {
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  @Serves(createDocument)
  create(@Asks() caller: Caller, @Input(createDocument) input: InputOf<typeof createDocument>) {
    return this.#documents.create(caller, input);
  }

  @Serves(getDocument)
  get(@Asks() caller: Caller, @Input(getDocument) input: InputOf<typeof getDocument>) {
    return this.#documents.get(caller, input);
  }
}

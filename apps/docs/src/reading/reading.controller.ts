import { Controller } from '@nestjs/common';
import {
  getPublication,
  publishDocument,
  readDocument,
  readPublished,
  unpublishDocument,
} from '@parvis/contract/doc-blocks';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, MaybeCaller, Serves } from '@parvis/server/serves';
import { Publications } from './publications.ts';
import { Reading } from './reading.service.ts';

@Controller()
export class ReadingController {
  readonly #reading: Reading;
  readonly #publications: Publications;

  constructor(reading: Reading, publications: Publications) {
    this.#reading = reading;
    this.#publications = publications;
  }

  @Serves(readPublished)
  published(@Input(readPublished) { address }: InputOf<typeof readPublished>) {
    return this.#publications.read(address);
  }

  @Serves(readDocument)
  read(@MaybeCaller() caller: Caller | null, @Input(readDocument) input: InputOf<typeof readDocument>) {
    return this.#reading.read(caller, input);
  }

  @Serves(getPublication)
  publication(@Asks() caller: Caller, @Input(getPublication) { id }: InputOf<typeof getPublication>) {
    return this.#publications.get(caller, id);
  }

  @Serves(publishDocument)
  publish(@Asks() caller: Caller, @Input(publishDocument) { id }: InputOf<typeof publishDocument>) {
    return this.#publications.publish(caller, id);
  }

  @Serves(unpublishDocument)
  unpublish(@Asks() caller: Caller, @Input(unpublishDocument) { id }: InputOf<typeof unpublishDocument>) {
    return this.#publications.unpublish(caller, id);
  }
}

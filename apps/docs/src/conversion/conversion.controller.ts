import { Controller } from '@nestjs/common';
import {
  dropConversion,
  getConversion,
  listConversions,
  startExport,
  supplyFiles,
} from '@parvis/contract/doc-conversion';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Conversions } from './conversion.service.ts';

@Controller()
export class ConversionController {
  readonly #conversions: Conversions;

  constructor(conversions: Conversions) {
    this.#conversions = conversions;
  }

  @Serves(startExport)
  export(@Asks() caller: Caller, @Input(startExport) input: InputOf<typeof startExport>) {
    return this.#conversions.export(caller, input);
  }

  @Serves(listConversions)
  list(@Asks() caller: Caller) {
    return this.#conversions.list(caller);
  }

  @Serves(getConversion)
  get(@Asks() caller: Caller, @Input(getConversion) { id }: InputOf<typeof getConversion>) {
    return this.#conversions.get(caller, id);
  }

  @Serves(supplyFiles)
  supply(@Asks() caller: Caller, @Input(supplyFiles) input: InputOf<typeof supplyFiles>) {
    return this.#conversions.supply(caller, input);
  }

  @Serves(dropConversion)
  drop(@Asks() caller: Caller, @Input(dropConversion) { id }: InputOf<typeof dropConversion>) {
    return this.#conversions.drop(caller, id);
  }
}

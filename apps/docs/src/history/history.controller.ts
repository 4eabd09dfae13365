import { Controller } from '@nestjs/common';
import {
  compareMoments,
  copyDocument,
  listSittings,
  listVersions,
  nameVersion,
  readMoment,
  restoreDocument,
  unnameVersion,
} from '@parvis/contract/doc-history';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { LookBack } from './look-back.service.ts';
import { Restore } from './restore.service.ts';
import { Versions } from './versions.service.ts';

@Controller()
export class HistoryController {
  readonly #versions: Versions;
  readonly #lookBack: LookBack;
  readonly #restore: Restore;

  constructor(versions: Versions, lookBack: LookBack, restore: Restore) {
    this.#versions = versions;
    this.#lookBack = lookBack;
    this.#restore = restore;
  }

  @Serves(listSittings)
  sittings(@Asks() caller: Caller, @Input(listSittings) input: InputOf<typeof listSittings>) {
    return this.#versions.sittings(caller, input);
  }

  @Serves(listVersions)
  list(@Asks() caller: Caller, @Input(listVersions) input: InputOf<typeof listVersions>) {
    return this.#versions.list(caller, input);
  }

  @Serves(nameVersion)
  name(@Asks() caller: Caller, @Input(nameVersion) input: InputOf<typeof nameVersion>) {
    return this.#versions.name(caller, input);
  }

  @Serves(unnameVersion)
  unname(@Asks() caller: Caller, @Input(unnameVersion) input: InputOf<typeof unnameVersion>) {
    return this.#versions.unname(caller, input);
  }

  @Serves(readMoment)
  read(@Asks() caller: Caller, @Input(readMoment) input: InputOf<typeof readMoment>) {
    return this.#lookBack.read(caller, input);
  }

  @Serves(compareMoments)
  compare(@Asks() caller: Caller, @Input(compareMoments) input: InputOf<typeof compareMoments>) {
    return this.#lookBack.compare(caller, input);
  }

  @Serves(restoreDocument)
  restore(@Asks() caller: Caller, @Input(restoreDocument) input: InputOf<typeof restoreDocument>) {
    return this.#restore.restore(caller, input);
  }

  @Serves(copyDocument)
  copy(@Asks() caller: Caller, @Input(copyDocument) input: InputOf<typeof copyDocument>) {
    return this.#restore.copy(caller, input);
  }
}

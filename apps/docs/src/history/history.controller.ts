import { Controller } from '@nestjs/common';
import { copyDocument, restoreDocument } from '@parvis/contract/doc-history';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Restore } from './restore.service.ts';

@Controller()
export class HistoryController {
  readonly #restore: Restore;

  constructor(restore: Restore) {
    this.#restore = restore;
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

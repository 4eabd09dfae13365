import { Controller } from '@nestjs/common';
import { listDrafts, putDraft } from '@parvis/contract/chat-draft';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { DraftService } from './draft.service.ts';

@Controller()
export class DraftController {
  constructor(private readonly drafts: DraftService) {}

  @Serves(listDrafts)
  list(@Asks() caller: Caller) {
    return this.drafts.list(caller);
  }

  @Serves(putDraft)
  put(@Asks() caller: Caller, @Input(putDraft) input: InputOf<typeof putDraft>) {
    return this.drafts.put(caller, input);
  }
}

import { Controller } from '@nestjs/common';
import { deleteMessage, editMessage, getMessage, listRevisions } from '@parvis/contract/chat-message';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Standing } from '../message/standing.ts';
import { Edits } from './edit.service.ts';

@Controller()
export class EditController {
  constructor(
    private readonly edits: Edits,
    private readonly standing: Standing,
  ) {}

  @Serves(getMessage)
  get(@Asks() caller: Caller, @Input(getMessage) { id, seq }: InputOf<typeof getMessage>) {
    return this.standing.read(caller, id, seq);
  }

  @Serves(editMessage)
  edit(@Asks() caller: Caller, @Input(editMessage) input: InputOf<typeof editMessage>) {
    return this.edits.edit(caller, input);
  }

  @Serves(deleteMessage)
  remove(@Asks() caller: Caller, @Input(deleteMessage) input: InputOf<typeof deleteMessage>) {
    return this.edits.remove(caller, input);
  }

  @Serves(listRevisions)
  revisions(@Asks() caller: Caller, @Input(listRevisions) input: InputOf<typeof listRevisions>) {
    return this.edits.revisions(caller, input);
  }
}

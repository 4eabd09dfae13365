import { Controller } from '@nestjs/common';
import { finishSaved, listSaved, listSavedOf, saveMessage, unsaveMessage } from '@parvis/contract/chat-saved';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { SavedService } from './saved.service.ts';

@Controller()
export class SavedController {
  constructor(private readonly saved: SavedService) {}

  @Serves(listSaved)
  list(@Asks() caller: Caller, @Input(listSaved) input: InputOf<typeof listSaved>) {
    return this.saved.list(caller, input);
  }

  @Serves(listSavedOf)
  of(@Asks() caller: Caller, @Input(listSavedOf) input: InputOf<typeof listSavedOf>) {
    return this.saved.of(caller, input);
  }

  @Serves(saveMessage)
  save(@Asks() caller: Caller, @Input(saveMessage) input: InputOf<typeof saveMessage>) {
    return this.saved.save(caller, input);
  }

  @Serves(finishSaved)
  finish(@Asks() caller: Caller, @Input(finishSaved) input: InputOf<typeof finishSaved>) {
    return this.saved.finish(caller, input);
  }

  @Serves(unsaveMessage)
  remove(@Asks() caller: Caller, @Input(unsaveMessage) input: InputOf<typeof unsaveMessage>) {
    return this.saved.remove(caller, input);
  }
}

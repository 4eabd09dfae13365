import { Controller } from '@nestjs/common';
import { createCommand, deleteCommand, listCommands, runCommand } from '@parvis/contract/chat-command';
import { listHooks } from '@parvis/contract/chat-hook';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Commands } from './command.service.ts';

@Controller()
export class CommandController {
  constructor(private readonly commands: Commands) {}

  @Serves(listHooks)
  integrations(@Asks() caller: Caller, @Input(listHooks) { id }: InputOf<typeof listHooks>) {
    return this.commands.integrations(caller, id);
  }

  @Serves(listCommands)
  list(@Asks() caller: Caller, @Input(listCommands) { id }: InputOf<typeof listCommands>) {
    return this.commands.list(caller, id);
  }

  @Serves(createCommand)
  create(@Asks() caller: Caller, @Input(createCommand) input: InputOf<typeof createCommand>) {
    return this.commands.create(caller, input);
  }

  @Serves(deleteCommand)
  delete(@Asks() caller: Caller, @Input(deleteCommand) input: InputOf<typeof deleteCommand>) {
    return this.commands.delete(caller, input);
  }

  @Serves(runCommand)
  run(@Asks() caller: Caller, @Input(runCommand) input: InputOf<typeof runCommand>) {
    return this.commands.run(caller, input);
  }
}

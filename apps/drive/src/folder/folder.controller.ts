import { Controller } from '@nestjs/common';
import { createFolder, listFolder } from '@parvis/contract/drive';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, MaybeCaller, Serves } from '@parvis/server/serves';
import { Folders } from './folders.ts';

@Controller()
export class FolderController {
  constructor(private readonly folders: Folders) {}

  @Serves(createFolder)
  create(@Asks() caller: Caller, @Input(createFolder) input: InputOf<typeof createFolder>) {
    return this.folders.create(caller, input);
  }

  @Serves(listFolder)
  list(@MaybeCaller() caller: Caller | null, @Input(listFolder) input: InputOf<typeof listFolder>) {
    return this.folders.list(caller, input);
  }
}

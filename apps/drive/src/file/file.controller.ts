import { Controller } from '@nestjs/common';
import { getFile } from '@parvis/contract/drive';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Input, MaybeCaller, Serves } from '@parvis/server/serves';
import { Files } from './files.ts';

@Controller()
export class FileController {
  constructor(private readonly files: Files) {}

  @Serves(getFile)
  one(@MaybeCaller() caller: Caller | null, @Input(getFile) input: InputOf<typeof getFile>) {
    return this.files.one(caller, input);
  }
}

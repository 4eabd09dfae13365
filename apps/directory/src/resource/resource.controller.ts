import { Controller } from '@nestjs/common';
import {
  find,
  getResource,
  listChildren,
  listRecent,
  listTrash,
  moveResource,
  renameResource,
  restoreResource,
  trashResource,
} from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { Resources } from './resource.service.ts';

@Controller()
export class ResourceController {
  readonly #resources: Resources;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  @Serves(getResource)
  get(@Asks() caller: Caller, @Input(getResource) input: InputOf<typeof getResource>) {
    return this.#resources.get(caller, input);
  }

  @Serves(listChildren)
  children(@Asks() caller: Caller, @Input(listChildren) input: InputOf<typeof listChildren>) {
    return this.#resources.children(caller, input);
  }

  @Serves(listRecent)
  recent(@Asks() caller: Caller, @Input(listRecent) input: InputOf<typeof listRecent>) {
    return this.#resources.recent(caller, input);
  }

  @Serves(find)
  find(@Asks() caller: Caller, @Input(find) input: InputOf<typeof find>) {
    return this.#resources.find(caller, input);
  }

  @Serves(renameResource)
  rename(@Asks() caller: Caller, @Input(renameResource) { id, title }: InputOf<typeof renameResource>) {
    return this.#resources.rename(caller, id, title);
  }

  @Serves(moveResource)
  move(@Asks() caller: Caller, @Input(moveResource) { id, parentId }: InputOf<typeof moveResource>) {
    return this.#resources.move(caller, id, parentId);
  }

  @Serves(trashResource)
  trash(@Asks() caller: Caller, @Input(trashResource) { id }: InputOf<typeof trashResource>) {
    return this.#resources.trash(caller, id);
  }

  @Serves(restoreResource)
  restore(@Asks() caller: Caller, @Input(restoreResource) { id }: InputOf<typeof restoreResource>) {
    return this.#resources.restore(caller, id);
  }

  @Serves(listTrash)
  trashList(@Asks() caller: Caller, @Input(listTrash) { limit }: InputOf<typeof listTrash>) {
    return this.#resources.trashList(caller, limit);
  }
}

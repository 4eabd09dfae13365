import { Controller } from '@nestjs/common';
import { changeLink, createLink, listReasons, openLink, share, unshare } from '@parvis/contract/sharing';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, MaybeCaller, Serves } from '@parvis/server/serves';
import { Sharing } from './sharing.service.ts';

@Controller()
export class SharingController {
  readonly #sharing: Sharing;

  constructor(sharing: Sharing) {
    this.#sharing = sharing;
  }

  @Serves(listReasons)
  reasons(@Asks() caller: Caller, @Input(listReasons) { id }: InputOf<typeof listReasons>) {
    return this.#sharing.reasons(caller, id);
  }

  @Serves(share)
  share(@Asks() caller: Caller, @Input(share) input: InputOf<typeof share>) {
    return this.#sharing.share(caller, input);
  }

  @Serves(unshare)
  unshare(@Asks() caller: Caller, @Input(unshare) input: InputOf<typeof unshare>) {
    return this.#sharing.unshare(caller, input);
  }

  @Serves(createLink)
  createLink(@Asks() caller: Caller, @Input(createLink) input: InputOf<typeof createLink>) {
    return this.#sharing.createLink(caller, input);
  }

  @Serves(changeLink)
  changeLink(@Asks() caller: Caller, @Input(changeLink) input: InputOf<typeof changeLink>) {
    return this.#sharing.changeLink(caller, input);
  }

  @Serves(openLink)
  openLink(@MaybeCaller() caller: Caller | null, @Input(openLink) input: InputOf<typeof openLink>) {
    return this.#sharing.openLink(caller, input);
  }
}

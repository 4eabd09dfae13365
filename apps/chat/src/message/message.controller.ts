import { Controller } from '@nestjs/common';
import { listMessages, markRead, postMessage } from '@parvis/contract/chat';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { MessageService } from './message.service.ts';

@Controller()
export class MessageController {
  constructor(private readonly messages: MessageService) {}

  @Serves(listMessages)
  list(@Asks() caller: Caller, @Input(listMessages) input: InputOf<typeof listMessages>) {
    return this.messages.page(caller, input);
  }

  @Serves(postMessage)
  post(@Asks() caller: Caller, @Input(postMessage) input: InputOf<typeof postMessage>) {
    return this.messages.post(caller, input);
  }

  @Serves(markRead)
  read(@Asks() caller: Caller, @Input(markRead) input: InputOf<typeof markRead>) {
    return this.messages.read(caller, input);
  }
}

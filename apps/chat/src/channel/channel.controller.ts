import { Controller } from '@nestjs/common';
import { createChannel, getChannel, listChannels, listUnread } from '@parvis/contract/chat';
import { archiveChannel, changeChannel, unarchiveChannel } from '@parvis/contract/chat-channel';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { ChannelSettings } from './channel-settings.service.ts';
import { ChannelService } from './channel.service.ts';

@Controller()
export class ChannelController {
  constructor(
    private readonly channels: ChannelService,
    private readonly settings: ChannelSettings,
  ) {}

  @Serves(createChannel)
  create(@Asks() caller: Caller, @Input(createChannel) input: InputOf<typeof createChannel>) {
    return this.channels.create(caller, input);
  }

  @Serves(listChannels)
  list(@Asks() caller: Caller, @Input(listChannels) { id }: InputOf<typeof listChannels>) {
    return this.channels.ofSpace(caller, id);
  }

  @Serves(listUnread)
  unread(@Asks() caller: Caller) {
    return this.channels.unread(caller);
  }

  @Serves(getChannel)
  get(@Asks() caller: Caller, @Input(getChannel) { id }: InputOf<typeof getChannel>) {
    return this.channels.get(caller, id);
  }

  @Serves(changeChannel)
  change(@Asks() caller: Caller, @Input(changeChannel) input: InputOf<typeof changeChannel>) {
    return this.settings.change(caller, input);
  }

  @Serves(archiveChannel)
  archive(@Asks() caller: Caller, @Input(archiveChannel) { id }: InputOf<typeof archiveChannel>) {
    return this.settings.archive(caller, id, true);
  }

  @Serves(unarchiveChannel)
  unarchive(@Asks() caller: Caller, @Input(unarchiveChannel) { id }: InputOf<typeof unarchiveChannel>) {
    return this.settings.archive(caller, id, false);
  }
}

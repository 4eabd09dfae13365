import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { ChannelReader } from './channel-reader.ts';
import { ChannelSettings } from './channel-settings.service.ts';
import { ChannelController } from './channel.controller.ts';
import { ChannelService } from './channel.service.ts';
import { FirstChannels } from './first-channel.ts';

/** Channels as things: opening, naming, closing, and reading them as one person sees them. */
@Module({
  imports: [MessageModule],
  controllers: [ChannelController],
  providers: [ChannelReader, ChannelService, ChannelSettings, FirstChannels],
  exports: [ChannelReader, FirstChannels],
})
export class ChannelModule {}

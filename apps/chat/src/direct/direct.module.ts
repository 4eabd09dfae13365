import { Module } from '@nestjs/common';
import { ChannelModule } from '../channel/channel.module.ts';
import { MessageModule } from '../message/message.module.ts';
import { DirectController } from './direct.controller.ts';
import { DirectConversations } from './direct.service.ts';

/** Direct and group conversations. */
@Module({
  imports: [ChannelModule, MessageModule],
  controllers: [DirectController],
  providers: [DirectConversations],
})
export class DirectModule {}

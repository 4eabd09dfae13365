import { Module } from '@nestjs/common';
import { ChannelController } from './channel/channel.controller.ts';
import { ChannelService } from './channel/channel.service.ts';
import { FirstChannels } from './channel/first-channel.ts';
import { ChatSocket } from './live/chat.socket.ts';
import { Following } from './live/following.ts';
import { Notices } from './live/notices.ts';
import { Rights } from './live/rights.ts';
import { Showing } from './live/showing.ts';
import { MessageController } from './message/message.controller.ts';
import { MessageLog } from './message/message.log.ts';
import { MessageService } from './message/message.service.ts';
import { PostedEvents } from './message/posted-events.ts';
import { ReadQueue } from './message/read-queue.ts';
import { SendQueue } from './message/send-queue.ts';
import { DemoSeed } from './seed/demo-seed.ts';

@Module({
  controllers: [ChannelController, MessageController],
  providers: [
    ChannelService,
    ChatSocket,
    DemoSeed,
    FirstChannels,
    Following,
    MessageLog,
    MessageService,
    Notices,
    PostedEvents,
    ReadQueue,
    Rights,
    SendQueue,
    Showing,
  ],
})
export class ChatModule {}

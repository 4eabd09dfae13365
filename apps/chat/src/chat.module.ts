import { Module } from '@nestjs/common';
import { ChannelModule } from './channel/channel.module.ts';
import { DirectModule } from './direct/direct.module.ts';
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
import { PeopleModule } from './people/people.module.ts';
import { DemoSeed } from './seed/demo-seed.ts';

@Module({
  imports: [ChannelModule, DirectModule, PeopleModule],
  controllers: [MessageController],
  providers: [
    ChatSocket,
    DemoSeed,
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

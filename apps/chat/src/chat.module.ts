import { Module } from '@nestjs/common';
import { ChannelModule } from './channel/channel.module.ts';
import { EmojiModule } from './emoji/emoji.module.ts';
import { DirectModule } from './direct/direct.module.ts';
import { ChatSocket } from './live/chat.socket.ts';
import { Following } from './live/following.ts';
import { Notices } from './live/notices.ts';
import { Rights } from './live/rights.ts';
import { Showing } from './live/showing.ts';
import { ChangeLog } from './message/change-log.ts';
import { Growth } from './message/growth.ts';
import { MessageController } from './message/message.controller.ts';
import { MessageLog } from './message/message.log.ts';
import { MessageService } from './message/message.service.ts';
import { PostedEvents } from './message/posted-events.ts';
import { ReadQueue } from './message/read-queue.ts';
import { SendContent } from './message/send-content.ts';
import { SendQueue } from './message/send-queue.ts';
import { SendRules } from './message/send-rules.ts';
import { PeopleModule } from './people/people.module.ts';
import { DemoSeed } from './seed/demo-seed.ts';

@Module({
  imports: [ChannelModule, DirectModule, EmojiModule, PeopleModule],
  controllers: [MessageController],
  providers: [
    ChangeLog,
    ChatSocket,
    DemoSeed,
    Following,
    Growth,
    MessageLog,
    MessageService,
    Notices,
    PostedEvents,
    ReadQueue,
    Rights,
    SendContent,
    SendQueue,
    SendRules,
    Showing,
  ],
})
export class ChatModule {}

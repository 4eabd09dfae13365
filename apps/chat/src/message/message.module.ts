import { Module } from '@nestjs/common';
import { Following } from '../live/following.ts';
import { Notices } from '../live/notices.ts';
import { Rights } from '../live/rights.ts';
import { Showing } from '../live/showing.ts';
import { ChangeLog } from './change-log.ts';
import { ExtraContent } from './extra-content.ts';
import { Growth } from './growth.ts';
import { MessageController } from './message.controller.ts';
import { MessageLog } from './message.log.ts';
import { MessageService } from './message.service.ts';
import { PostedEvents } from './posted-events.ts';
import { ReadQueue } from './read-queue.ts';
import { SendContent } from './send-content.ts';
import { SendQueue } from './send-queue.ts';
import { SendRules } from './send-rules.ts';
import { Standing } from './standing.ts';
import { SlowMode } from './slow-mode.ts';

/** The log of channels, the ways into it, and who is shown it. Slices that change messages import it. */
@Module({
  controllers: [MessageController],
  providers: [
    ChangeLog,
    ExtraContent,
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
    Standing,
    SlowMode,
  ],
  exports: [ChangeLog, Following, MessageLog, Notices, ReadQueue, Rights, SendContent, SendQueue, Standing],
})
export class MessageModule {}

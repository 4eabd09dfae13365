import { Module } from '@nestjs/common';
import { BreakoutController } from './breakout/breakout.controller.ts';
import { BreakoutService } from './breakout/breakout.service.ts';
import { Codes } from './code/codes.ts';
import { MeetSocket } from './live/meet.socket.ts';
import { LiveKit } from './livekit.ts';
import { LobbyController } from './lobby/lobby.controller.ts';
import { LobbyService } from './lobby/lobby.service.ts';
import { WaitingService } from './lobby/waiting.service.ts';
import { Changed } from './meeting/changed.ts';
import { EntryService } from './meeting/entry.service.ts';
import { Leaving } from './meeting/leaving.ts';
import { MeetingController } from './meeting/meeting.controller.ts';
import { MeetingService } from './meeting/meeting.service.ts';
import { Meetings } from './meeting/meetings.ts';
import { Reconciler } from './meeting/reconciler.ts';
import { ScheduleModule } from './schedule/schedule.module.ts';
import { Attendees } from './room/attendees.ts';
import { HandService } from './room/hand.service.ts';
import { Mirror } from './room/mirror.ts';
import { ModerationService } from './room/moderation.service.ts';
import { RoomController } from './room/room.controller.ts';
import { DemoMeetings } from './seed.ts';
import { WebhookController } from './webhook/webhook.controller.ts';
import { WebhookService } from './webhook/webhook.service.ts';

@Module({
  imports: [ScheduleModule],
  controllers: [MeetingController, LobbyController, RoomController, BreakoutController, WebhookController],
  providers: [
    LiveKit,
    Meetings,
    Attendees,
    Mirror,
    Changed,
    MeetingService,
    EntryService,
    Codes,
    LobbyService,
    WaitingService,
    ModerationService,
    HandService,
    BreakoutService,
    Leaving,
    Reconciler,
    WebhookService,
    MeetSocket,
    DemoMeetings,
  ],
})
export class MeetModule {}

import { Module } from '@nestjs/common';
import { LiveKit } from './livekit.ts';
import { Leaving } from './meeting/leaving.ts';
import { MeetingController } from './meeting/meeting.controller.ts';
import { MeetingService } from './meeting/meeting.service.ts';
import { Reconciler } from './meeting/reconciler.ts';
import { WebhookController } from './meeting/webhook.controller.ts';
import { ScheduleModule } from './schedule/schedule.module.ts';
import { DemoMeetings } from './seed.ts';

@Module({
  imports: [ScheduleModule],
  controllers: [MeetingController, WebhookController],
  providers: [LiveKit, MeetingService, Leaving, Reconciler, DemoMeetings],
})
export class MeetModule {}

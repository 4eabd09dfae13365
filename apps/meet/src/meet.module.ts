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
import { Emptied } from './meeting/emptied.ts';
import { Ending } from './meeting/ending.ts';
import { EntryService } from './meeting/entry.service.ts';
import { Leaving } from './meeting/leaving.ts';
import { MeetingController } from './meeting/meeting.controller.ts';
import { MeetingService } from './meeting/meeting.service.ts';
import { Meetings } from './meeting/meetings.ts';
import { Reconciler } from './meeting/reconciler.ts';
import { MinutesController } from './minutes/minutes.controller.ts';
import { MinutesService } from './minutes/minutes.service.ts';
import { Pictures } from './picture/pictures.ts';
import { RecordingContentController } from './record/content.controller.ts';
import { ListeningService } from './record/listening.service.ts';
import { RecordController } from './record/record.controller.ts';
import { RecordService } from './record/record.service.ts';
import { RecordingStore } from './record/recording-store.ts';
import { Recordings } from './record/recordings.ts';
import { Retention } from './record/retention.ts';
import { ScheduleModule } from './schedule/schedule.module.ts';
import { Attendees } from './room/attendees.ts';
import { HandService } from './room/hand.service.ts';
import { Mirror } from './room/mirror.ts';
import { ModerationService } from './room/moderation.service.ts';
import { RoomController } from './room/room.controller.ts';
import { ScribeKeeper } from './scribe/keeper.ts';
import { SpeechDesk } from './scribe/speech-desk.ts';
import { DemoMeetings } from './seed.ts';
import { Removed } from './shelf/removed.ts';
import { Shelf } from './shelf/shelf.ts';
import { TranscriptNews } from './tell/transcript-news.ts';
import { TranscriptController } from './transcript/transcript.controller.ts';
import { TranscriptService } from './transcript/transcript.service.ts';
import { TrialController } from './trial/trial.controller.ts';
import { TrialService } from './trial/trial.service.ts';
import { WebhookController } from './webhook/webhook.controller.ts';
import { WebhookService } from './webhook/webhook.service.ts';

@Module({
  imports: [ScheduleModule],
  controllers: [
    MeetingController,
    LobbyController,
    RoomController,
    BreakoutController,
    RecordController,
    RecordingContentController,
    TranscriptController,
    MinutesController,
    TrialController,
    WebhookController,
  ],
  providers: [
    LiveKit,
    Meetings,
    Attendees,
    Mirror,
    Changed,
    Ending,
    Emptied,
    TranscriptNews,
    MeetingService,
    EntryService,
    Codes,
    LobbyService,
    WaitingService,
    ModerationService,
    HandService,
    BreakoutService,
    TrialService,
    Leaving,
    Reconciler,
    WebhookService,
    MeetSocket,
    SpeechDesk,
    ScribeKeeper,
    Pictures,
    RecordingStore,
    Recordings,
    Retention,
    Shelf,
    Removed,
    ListeningService,
    RecordService,
    TranscriptService,
    MinutesService,
    DemoMeetings,
  ],
})
export class MeetModule {}

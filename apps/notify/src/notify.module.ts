import { Module } from '@nestjs/common';
import { DigestService } from './digest/digest.service.ts';
import { UnsubscribeController } from './digest/unsubscribe.controller.ts';
import { Audiences } from './hear/audience.ts';
import { Hearing } from './hear/hearing.ts';
import { Tell } from './hear/tell.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxService } from './inbox/inbox.service.ts';
import { Items } from './inbox/items.ts';
import { LevelController } from './level/level.controller.ts';
import { LevelService } from './level/level.service.ts';
import { Wishes } from './level/wishes.ts';
import { News } from './live/news.ts';
import { NotifySocket } from './live/notify.socket.ts';
import { Here } from './presence/here.ts';
import { Presences } from './presence/presences.ts';
import { StatusController } from './presence/status.controller.ts';
import { Watching } from './presence/watching.ts';
import { PushController } from './push/push.controller.ts';
import { PushService } from './push/push.service.ts';
import { Secrets } from './push/secrets.ts';

@Module({
  controllers: [InboxController, LevelController, PushController, StatusController, UnsubscribeController],
  providers: [
    Audiences,
    DigestService,
    Hearing,
    Here,
    InboxService,
    Items,
    LevelService,
    News,
    NotifySocket,
    Presences,
    PushService,
    Secrets,
    Tell,
    Watching,
    Wishes,
  ],
})
export class NotifyModule {}

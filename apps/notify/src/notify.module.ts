import { Module } from '@nestjs/common';
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

@Module({
  controllers: [InboxController, LevelController],
  providers: [Audiences, Hearing, Here, InboxService, Items, LevelService, News, NotifySocket, Tell, Wishes],
})
export class NotifyModule {}

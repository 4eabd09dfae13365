import { Module } from '@nestjs/common';
import { DocumentModule } from '../document/document.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { LogModule } from '../log/log.module.ts';
import { Counting } from './counting.ts';
import { Desk } from './desk.ts';
import { HistoryController } from './history.controller.ts';
import { Keeping } from './keeping.ts';
import { Moments } from './moments.ts';
import { LookBack } from './look-back.service.ts';
import { Restore } from './restore.service.ts';
import { Versions } from './versions.service.ts';

/** What a document was, and how it becomes that again. */
@Module({
  imports: [LogModule, LiveModule, DocumentModule],
  controllers: [HistoryController],
  providers: [Desk, Moments, Counting, Keeping, Versions, LookBack, Restore],
  exports: [Desk],
})
export class HistoryModule {}

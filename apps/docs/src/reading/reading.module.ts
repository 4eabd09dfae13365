import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.ts';
import { LogModule } from '../log/log.module.ts';
import { Publications } from './publications.ts';
import { ReadingController } from './reading.controller.ts';
import { Reading } from './reading.service.ts';

/** Documents to be read and not written: by link, and published to the web. */
@Module({
  imports: [LogModule, HistoryModule],
  controllers: [ReadingController],
  providers: [Reading, Publications],
})
export class ReadingModule {}

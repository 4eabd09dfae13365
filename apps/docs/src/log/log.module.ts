import { Module } from '@nestjs/common';
import { UpdateLog } from './log.ts';
import { SnapshotStore } from './snapshot-store.ts';

@Module({
  providers: [UpdateLog, SnapshotStore],
  exports: [UpdateLog, SnapshotStore],
})
export class LogModule {}

import { Module } from '@nestjs/common';
import { UpdateLog } from './log.ts';
import { PostgresSnapshots, SnapshotStore } from './snapshot-store.ts';

@Module({
  providers: [UpdateLog, { provide: SnapshotStore, useClass: PostgresSnapshots }],
  exports: [UpdateLog, SnapshotStore],
})
export class LogModule {}

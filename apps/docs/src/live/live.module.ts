import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.ts';
import { Compactor } from '../snapshot/compactor.ts';
import { Sweeping } from '../snapshot/sweeping.ts';
import { Committer } from './committer.ts';
import { Doors } from './doors.ts';
import { LiveSocket } from './live.socket.ts';
import { Relay } from './relay.ts';
import { Rooms } from './rooms.ts';

@Module({
  imports: [LogModule],
  providers: [Committer, Compactor, Sweeping, Relay, Rooms, Doors, LiveSocket],
  exports: [Rooms, Doors, Compactor],
})
export class LiveModule {}

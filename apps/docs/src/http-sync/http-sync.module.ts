import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { LogModule } from '../log/log.module.ts';
import { HttpSyncController } from './http-sync.controller.ts';
import { HttpSync } from './http-sync.service.ts';

@Module({ imports: [LiveModule, LogModule], controllers: [HttpSyncController], providers: [HttpSync] })
export class HttpSyncModule {}

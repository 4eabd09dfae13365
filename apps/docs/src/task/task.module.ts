import { Module } from '@nestjs/common';
import { IndexModule } from '../index/index.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { LogModule } from '../log/log.module.ts';
import { TaskController } from './task.controller.ts';
import { Tasks } from './tasks.service.ts';

@Module({ imports: [IndexModule, LiveModule, LogModule], controllers: [TaskController], providers: [Tasks] })
export class TaskModule {}

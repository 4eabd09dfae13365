import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { ScheduledController } from './scheduled.controller.ts';
import { ScheduledService } from './scheduled.service.ts';

@Module({ imports: [MessageModule], controllers: [ScheduledController], providers: [ScheduledService] })
export class ScheduledModule {}

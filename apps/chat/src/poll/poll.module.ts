import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { PollController } from './poll.controller.ts';
import { PollService } from './poll.service.ts';

@Module({ imports: [MessageModule], controllers: [PollController], providers: [PollService] })
export class PollModule {}

import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { DraftController } from './draft.controller.ts';
import { DraftService } from './draft.service.ts';

@Module({ imports: [MessageModule], controllers: [DraftController], providers: [DraftService] })
export class DraftModule {}

import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { ModerationController } from './moderation.controller.ts';
import { Moderation } from './moderation.service.ts';

/** Reports, and hiding what should not be read. */
@Module({ imports: [MessageModule], controllers: [ModerationController], providers: [Moderation] })
export class ModerationModule {}

import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { UnreadController } from './unread.controller.ts';
import { UnreadService } from './unread.service.ts';

/** What a person has read and wants to read again. */
@Module({ imports: [MessageModule], controllers: [UnreadController], providers: [UnreadService] })
export class UnreadModule {}

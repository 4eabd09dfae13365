import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { ChatSocket } from './chat.socket.ts';

/** The socket of the chat. */
@Module({ imports: [MessageModule], providers: [ChatSocket] })
export class LiveModule {}

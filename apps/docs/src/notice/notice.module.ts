import { Module } from '@nestjs/common';
import { NoticesSocket } from './notices.socket.ts';

@Module({ providers: [NoticesSocket] })
export class NoticeModule {}

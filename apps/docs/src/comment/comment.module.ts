import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { LogModule } from '../log/log.module.ts';
import { Changes } from './change.ts';
import { CommentController } from './comment.controller.ts';
import { Comments } from './comment.service.ts';
import { CommentNews } from './news.ts';
import { Threads } from './thread.service.ts';

/** Conversations about the text of documents. */
@Module({
  imports: [LogModule, LiveModule],
  controllers: [CommentController],
  providers: [Changes, Threads, Comments, CommentNews],
})
export class CommentModule {}

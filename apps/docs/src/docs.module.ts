import { Module } from '@nestjs/common';
import { CommentModule } from './comment/comment.module.ts';
import { ConversionModule } from './conversion/conversion.module.ts';
import { DocumentModule } from './document/document.module.ts';
import { HistoryModule } from './history/history.module.ts';
import { HttpSyncModule } from './http-sync/http-sync.module.ts';
import { KeptTextModule } from './kept-text/kept-text.module.ts';
import { IndexModule } from './index/index.module.ts';
import { LinkModule } from './link/link.module.ts';
import { ListModule } from './list/list.module.ts';
import { LiveModule } from './live/live.module.ts';
import { NoticeModule } from './notice/notice.module.ts';
import { SearchModule } from './search/search.module.ts';
import { ReadingModule } from './reading/reading.module.ts';
import { SeedModule } from './seed/seed.module.ts';
import { TaskModule } from './task/task.module.ts';
import { TemplateModule } from './template/template.module.ts';

@Module({
  imports: [
    CommentModule,
    ConversionModule,
    DocumentModule,
    LiveModule,
    HttpSyncModule,
    HistoryModule,
    KeptTextModule,
    IndexModule,
    SearchModule,
    ListModule,
    LinkModule,
    TaskModule,
    TemplateModule,
    ReadingModule,
    NoticeModule,
    SeedModule,
  ],
})
export class DocsModule {}

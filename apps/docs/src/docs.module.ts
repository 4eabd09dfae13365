import { Module } from '@nestjs/common';
import { DocumentModule } from './document/document.module.ts';
import { HistoryModule } from './history/history.module.ts';
import { HttpSyncModule } from './http-sync/http-sync.module.ts';
import { KeptTextModule } from './kept-text/kept-text.module.ts';
import { LiveModule } from './live/live.module.ts';
import { SeedModule } from './seed/seed.module.ts';

@Module({ imports: [DocumentModule, LiveModule, HttpSyncModule, HistoryModule, KeptTextModule, SeedModule] })
export class DocsModule {}

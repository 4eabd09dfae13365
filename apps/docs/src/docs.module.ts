import { Module } from '@nestjs/common';
import { DocumentModule } from './document/document.module.ts';
import { HistoryModule } from './history/history.module.ts';
import { LiveModule } from './live/live.module.ts';
import { SeedModule } from './seed/seed.module.ts';

@Module({ imports: [DocumentModule, LiveModule, HistoryModule, SeedModule] })
export class DocsModule {}

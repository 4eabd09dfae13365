import { Module } from '@nestjs/common';
import { DocumentModule } from '../document/document.module.ts';
import { HistoryModule } from '../history/history.module.ts';
import { KeptTextController } from './kept-text.controller.ts';
import { KeptTexts } from './kept-text.service.ts';

@Module({
  imports: [DocumentModule, HistoryModule],
  controllers: [KeptTextController],
  providers: [KeptTexts],
})
export class KeptTextModule {}

import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { PageReader } from './page-reader.ts';
import { PreviewController } from './preview.controller.ts';
import { PreviewService } from './preview.service.ts';

/** What the pages of links say of themselves. */
@Module({
  imports: [MessageModule],
  controllers: [PreviewController],
  providers: [PageReader, PreviewService],
  exports: [PreviewService],
})
export class PreviewModule {}

import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.ts';
import { TemplateModule } from '../template/template.module.ts';
import { DocumentController } from './document.controller.ts';
import { Documents } from './document.service.ts';

@Module({
  imports: [LogModule, TemplateModule],
  controllers: [DocumentController],
  providers: [Documents],
  exports: [Documents],
})
export class DocumentModule {}

import { Module } from '@nestjs/common';
import { IndexModule } from '../index/index.module.ts';
import { LogModule } from '../log/log.module.ts';
import { TemplateController } from './template.controller.ts';
import { Templates } from './templates.service.ts';

@Module({
  imports: [IndexModule, LogModule],
  controllers: [TemplateController],
  providers: [Templates],
  exports: [Templates],
})
export class TemplateModule {}

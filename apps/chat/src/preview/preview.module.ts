import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { PreviewService } from './preview.service.ts';

@Module({ imports: [MessageModule], providers: [PreviewService] })
export class PreviewModule {}

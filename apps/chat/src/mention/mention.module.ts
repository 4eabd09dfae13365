import { Module } from '@nestjs/common';
import { MentionController } from './mention.controller.ts';
import { MentionService } from './mention.service.ts';

@Module({ controllers: [MentionController], providers: [MentionService] })
export class MentionModule {}

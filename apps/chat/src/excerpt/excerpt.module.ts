import { Module } from '@nestjs/common';
import { ExcerptController } from './excerpt.controller.ts';
import { Excerpts } from './excerpt.service.ts';

/** What lists elsewhere show of messages. */
@Module({ controllers: [ExcerptController], providers: [Excerpts] })
export class ExcerptModule {}

import { Module } from '@nestjs/common';
import { EmojiController } from './emoji.controller.ts';
import { EmojiService } from './emoji.service.ts';

@Module({ controllers: [EmojiController], providers: [EmojiService] })
export class EmojiModule {}

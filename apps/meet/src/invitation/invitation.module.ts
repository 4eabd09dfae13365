import { Module } from '@nestjs/common';
import { FeedController } from './feed.controller.ts';
import { FeedService } from './feed.service.ts';
import { Letters } from './letters.ts';

@Module({ controllers: [FeedController], providers: [FeedService, Letters], exports: [Letters] })
export class InvitationModule {}

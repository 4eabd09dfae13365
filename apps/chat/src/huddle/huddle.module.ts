import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { HuddleController } from './huddle.controller.ts';
import { Huddles } from './huddle.service.ts';

/** Meetings that are started from a channel. */
@Module({ imports: [MessageModule], controllers: [HuddleController], providers: [Huddles] })
export class HuddleModule {}

import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { ReactionController } from './reaction.controller.ts';
import { Reactions } from './reaction.service.ts';

/** Answers without words. */
@Module({ imports: [MessageModule], controllers: [ReactionController], providers: [Reactions] })
export class ReactionModule {}

import { Module } from '@nestjs/common';
import { BotController } from './bot.controller.ts';
import { Bots } from './bot.service.ts';

/** Accounts of programs, and the tokens that let them in. */
@Module({ controllers: [BotController], providers: [Bots] })
export class BotModule {}

import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { WebhookModule } from '../webhook/webhook.module.ts';
import { CommandController } from './command.controller.ts';
import { Commands } from './command.service.ts';

/** Commands that programs answer, and the integrations of a channel as one list. */
@Module({
  imports: [MessageModule, WebhookModule],
  controllers: [CommandController],
  providers: [Commands],
})
export class CommandModule {}

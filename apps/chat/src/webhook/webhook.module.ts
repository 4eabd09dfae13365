import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { Deliveries } from './deliveries.ts';
import { HookPlaces } from './hook-place.ts';
import { IncomingHooks } from './incoming.service.ts';
import { OutgoingHooks } from './outgoing.service.ts';
import { HookSender } from './sender.ts';
import { WebhookController } from './webhook.controller.ts';

/** Programs outside: what they post, and what they are told. */
@Module({
  imports: [MessageModule],
  controllers: [WebhookController],
  providers: [Deliveries, HookPlaces, HookSender, IncomingHooks, OutgoingHooks],
  exports: [HookPlaces, IncomingHooks, OutgoingHooks],
})
export class WebhookModule {}

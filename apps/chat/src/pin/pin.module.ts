import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { PinController } from './pin.controller.ts';
import { Pins } from './pin.service.ts';

/** Messages that a channel keeps at hand. */
@Module({ imports: [MessageModule], controllers: [PinController], providers: [Pins] })
export class PinModule {}

import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { SavedController } from './saved.controller.ts';
import { SavedService } from './saved.service.ts';

@Module({ imports: [MessageModule], controllers: [SavedController], providers: [SavedService] })
export class SavedModule {}

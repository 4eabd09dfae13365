import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { EditController } from './edit.controller.ts';
import { Edits } from './edit.service.ts';

/** Changing and taking back what was written. */
@Module({ imports: [MessageModule], controllers: [EditController], providers: [Edits] })
export class EditModule {}

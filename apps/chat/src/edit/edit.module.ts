import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.ts';
import { PreviewModule } from '../preview/preview.module.ts';
import { EditController } from './edit.controller.ts';
import { Edits } from './edit.service.ts';

/** Changing and taking back what was written. */
@Module({ imports: [MessageModule, PreviewModule], controllers: [EditController], providers: [Edits] })
export class EditModule {}

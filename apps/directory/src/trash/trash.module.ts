import { Module } from '@nestjs/common';
import { Trash } from './trash.service.ts';

@Module({ providers: [Trash] })
export class TrashModule {}

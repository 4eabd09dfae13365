import { Module } from '@nestjs/common';
import { SharingController } from './sharing.controller.ts';
import { Sharing } from './sharing.service.ts';

@Module({ controllers: [SharingController], providers: [Sharing] })
export class SharingModule {}

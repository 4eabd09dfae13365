import { Module } from '@nestjs/common';
import { StatusController } from './status.controller.ts';
import { Status } from './status.service.ts';

@Module({ controllers: [StatusController], providers: [Status] })
export class StatusModule {}

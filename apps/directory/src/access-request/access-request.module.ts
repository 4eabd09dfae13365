import { Module } from '@nestjs/common';
import { AccessRequestController } from './access-request.controller.ts';
import { AccessRequests } from './access-request.service.ts';

@Module({ controllers: [AccessRequestController], providers: [AccessRequests] })
export class AccessRequestModule {}

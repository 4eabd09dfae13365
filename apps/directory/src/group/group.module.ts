import { Module } from '@nestjs/common';
import { GroupController } from './group.controller.ts';
import { Groups } from './group.service.ts';

@Module({ controllers: [GroupController], providers: [Groups] })
export class GroupModule {}

import { Module } from '@nestjs/common';
import { SpaceController } from './space.controller.ts';
import { Spaces } from './space.service.ts';

@Module({ controllers: [SpaceController], providers: [Spaces] })
export class SpaceModule {}

import { Module } from '@nestjs/common';
import { ResourceController } from './resource.controller.ts';
import { Resources } from './resource.service.ts';

@Module({ controllers: [ResourceController], providers: [Resources] })
export class ResourceModule {}

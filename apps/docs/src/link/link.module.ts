import { Module } from '@nestjs/common';
import { LinkController } from './link.controller.ts';
import { References } from './references.service.ts';

@Module({ controllers: [LinkController], providers: [References] })
export class LinkModule {}

import { Module } from '@nestjs/common';
import { PersonController } from './person.controller.ts';
import { People } from './person.service.ts';

@Module({ controllers: [PersonController], providers: [People], exports: [People] })
export class PersonModule {}

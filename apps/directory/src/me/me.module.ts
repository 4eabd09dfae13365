import { Module } from '@nestjs/common';
import { SignInModule } from '../sign-in/sign-in.module.ts';
import { MeController } from './me.controller.ts';
import { MeService } from './me.service.ts';

@Module({ imports: [SignInModule], controllers: [MeController], providers: [MeService] })
export class MeModule {}

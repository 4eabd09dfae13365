import { Module } from '@nestjs/common';
import { PersonModule } from '../person/person.module.ts';
import { SignInModule } from '../sign-in/sign-in.module.ts';
import { Accounts } from './accounts.ts';
import { Closing } from './closing.ts';
import { GuestController } from './guest.controller.ts';
import { Guests } from './guest.service.ts';

@Module({
  imports: [PersonModule, SignInModule],
  controllers: [GuestController],
  providers: [Accounts, Closing, Guests],
})
export class GuestModule {}

import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Issuer } from './issuer.ts';
import { LogoutTokens } from './logout-token.ts';
import { Renewal } from './renewal.ts';
import { SessionUse } from './session-use.ts';
import { SessionTokens } from './sessions.ts';
import { SignInController } from './sign-in.controller.ts';
import { SignIn } from './sign-in.service.ts';

@Module({
  controllers: [SignInController],
  providers: [
    Issuer,
    SessionTokens,
    SignIn,
    LogoutTokens,
    Renewal,
    { provide: APP_INTERCEPTOR, useClass: SessionUse },
  ],
  exports: [Issuer, SessionTokens],
})
export class SignInModule {}

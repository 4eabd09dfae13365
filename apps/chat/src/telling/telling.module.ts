import { Module } from '@nestjs/common';
import { Telling } from './telling.ts';

/** What the rest of the house hears of channels. */
@Module({ providers: [Telling] })
export class TellingModule {}

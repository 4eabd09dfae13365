import { Module } from '@nestjs/common';
import { Seed } from './seed.ts';

@Module({ providers: [Seed] })
export class SeedModule {}

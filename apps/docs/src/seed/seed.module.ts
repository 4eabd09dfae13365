import { Module } from '@nestjs/common';
import { DocumentModule } from '../document/document.module.ts';
import { DemoSeed } from './demo-seed.ts';

@Module({ imports: [DocumentModule], providers: [DemoSeed] })
export class SeedModule {}

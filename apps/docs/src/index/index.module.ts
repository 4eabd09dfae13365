import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.ts';
import { Indexer } from './indexer.ts';
import { Lag } from './lag.ts';
import { Texts } from './texts.ts';

@Module({ imports: [LogModule], providers: [Texts, Indexer, Lag], exports: [Texts] })
export class IndexModule {}

import { Module } from '@nestjs/common';
import { Indexer } from './indexer.ts';
import { SearchController } from './search.controller.ts';
import { Search } from './search.service.ts';

@Module({ controllers: [SearchController], providers: [Indexer, Search] })
export class SearchModule {}

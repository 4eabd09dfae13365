import { Module } from '@nestjs/common';
import { IndexModule } from '../index/index.module.ts';
import { SearchController } from './search.controller.ts';
import { Search } from './search.service.ts';

@Module({ imports: [IndexModule], controllers: [SearchController], providers: [Search] })
export class SearchModule {}

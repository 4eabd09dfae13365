import { Module } from '@nestjs/common';
import { DocumentModule } from '../document/document.module.ts';
import { IndexModule } from '../index/index.module.ts';
import { ListController } from './list.controller.ts';
import { Lists } from './lists.service.ts';
import { Pages } from './pages.service.ts';

@Module({ imports: [DocumentModule, IndexModule], controllers: [ListController], providers: [Lists, Pages] })
export class ListModule {}

import { Module } from '@nestjs/common';
import { ExportController } from './export.controller.ts';
import { Exports } from './export.service.ts';
import { FileReader } from './file-reader.ts';

/** Exports for legal discovery. */
@Module({ controllers: [ExportController], providers: [Exports, FileReader] })
export class ExportModule {}

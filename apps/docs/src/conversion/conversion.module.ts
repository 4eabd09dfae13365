import { Module } from '@nestjs/common';
import { DocumentModule } from '../document/document.module.ts';
import { LogModule } from '../log/log.module.ts';
import { ConversionContentController } from './content.controller.ts';
import { ConversionController } from './conversion.controller.ts';
import { Conversions } from './conversion.service.ts';
import { Exporting } from './exporting.ts';
import { Importing } from './importing.ts';
import { PdfPrinter } from './pdf.ts';
import { Workshop } from './workshop.ts';

/** Files become documents, and documents files. */
@Module({
  imports: [DocumentModule, LogModule],
  controllers: [ConversionController, ConversionContentController],
  providers: [Conversions, Importing, Exporting, PdfPrinter, Workshop],
})
export class ConversionModule {}

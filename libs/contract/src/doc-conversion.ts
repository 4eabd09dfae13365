import { z } from 'zod';
import { conversionListSizeMax, exportPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name } from './shape.ts';

export const docConversionCodes = [
  'file-damaged',
  'file-encrypted',
  'file-refused',
  'file-bomb',
  'file-too-long',
  'format-unknown',
  'pdf-off',
  'conversion-too-slow',
  'conversion-too-large',
  'conversion-not-ready',
  'too-many-conversions',
] as const;

/** What could not be kept. The portal has words for each. */
export const lostKinds = [
  'colour',
  'comments',
  'drawing',
  'embedded-file',
  'footnote',
  'format-change',
  'header-footer',
  'html',
  'link',
  'macros',
  'paragraph-change',
  'picture-unreadable',
  'raised-text',
  'remote-picture',
  'script',
  'symbol',
  'table-in-table',
  'text-box',
] as const;

export const ImportFormat = z.enum(['docx', 'odt', 'md', 'html']);
export type ImportFormat = z.infer<typeof ImportFormat>;
/** `zip-…`: the document with the pages below it and their pictures. */
export const ExportFormat = z.enum(['docx', 'odt', 'pdf', 'md', 'html', 'zip-md', 'zip-html']);
export type ExportFormat = z.infer<typeof ExportFormat>;
export const exportFormats = ExportFormat.options;

/**
 * `files`: it waits for files. An import offers pictures, which whoever asked stores beside the document; an export
 * wants the pictures that the document shows, as far as whoever asked may read them. Then `supplyFiles` goes on.
 */
export const ConversionState = z.enum(['waiting', 'running', 'files', 'done', 'failed']);

export const Conversion = z.object({
  id: Id,
  direction: z.enum(['import', 'export']),
  format: z.string(),
  /** Of the file, or of the document. */
  name: z.string(),
  state: ConversionState,
  /** From 0 to 1. */
  progress: z.number(),
  /** Why it failed. */
  code: z.string().nullable(),
  /** What could not be kept, and how often. */
  lost: z.record(z.string(), z.int()),
  /** While it waits: `picture:<n>` of an import, ids of drive's files for an export. */
  files: z.array(z.string()),
  /** Where an import puts its document and its pictures. */
  parentId: Id.nullable(),
  /** The document: the one that was made, or the one that is exported. */
  documentId: Id.nullable(),
  /** Bytes of an export that is done. */
  sizeBytes: z.int().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type Conversion = z.infer<typeof Conversion>;

/** `POST` of the file's bytes, as they are: `application/octet-stream`. The answer is a {@link Conversion}. */
export const importsPath = '/api/docs/imports';
export const ImportQuery = z.object({ parentId: Id, name: Name });
/** `GET`: the file of an export, or with `?picture=<n>` a picture of an import. `PUT …/<file id>`: a wanted file. */
export const conversionContentPath = '/api/docs/conversions/:id/content';

export const startExport = operation('POST', '/api/docs/:id/exports', {
  who: 'signed-in',
  summary:
    'Make a file of a document, or of it and the pages below it; it is kept for some hours for whoever asked',
  input: ByIdInput.extend({
    format: ExportFormat,
    /** Conversations about the text go along, where the format has a place for them. */
    comments: z.boolean().default(true),
    /** Suggestions go along as such; without, the file has the text as if they had all been rejected. */
    suggestions: z.boolean().default(true),
  }),
  output: Conversion,
});
export const listConversions = operation('GET', '/api/docs/conversions', {
  who: 'signed-in',
  summary: 'My imports and exports of the last hours, newest first, and whether this house makes PDF',
  input: z.object({}),
  output: z.object({ conversions: z.array(Conversion).max(conversionListSizeMax), pdf: z.boolean() }),
});
export const getConversion = operation('GET', '/api/docs/conversions/:id', {
  who: 'signed-in',
  summary: 'How far one of my imports or exports has come',
  input: ByIdInput,
  output: Conversion,
});
export const supplyFiles = operation('POST', '/api/docs/conversions/:id/files', {
  who: 'signed-in',
  summary: 'The files that a conversion waited for are there: it goes on',
  input: ByIdInput.extend({
    /** For an import: the file of drive that each picture has become; what is left out is told as not kept. */
    stored: z
      .record(z.string().max(40), Id)
      .default({})
      .refine((all) => Object.keys(all).length <= exportPageMax * 20, { error: 'too-long' }),
  }),
  output: Conversion,
});
export const dropConversion = operation('DELETE', '/api/docs/conversions/:id', {
  who: 'signed-in',
  summary: 'Forget one of my imports or exports and its file; a document that was made stays',
  input: ByIdInput,
  output: Done,
});

import { z } from 'zod';
import { folderPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Id, Name, Resource } from './shape.ts';

export const driveCodes = [
  'upload-incomplete',
  'file-too-large',
  'file-infected',
  'file-not-ready',
  'store-full',
  'bad-range',
  'upload-busy',
] as const;

/** `off`: no scanner looked at it (none is installed, or the file is larger than it takes), and the file says so. */
export const Verdict = z.enum(['waiting', 'clean', 'infected', 'off']);

export const File = Resource.extend({
  kind: z.literal('file'),
  sizeBytes: z.int(),
  mediaType: z.string(),
  /** Lower-case hexadecimal SHA-256 of the bytes. */
  sha256: z.string(),
  verdict: Verdict,
  /** It is removed in the night after this day; null for what people delete themselves. */
  keptUntil: z.iso.date().nullable(),
  /** The meeting of which it is a recording: it is read by those who see that, and removed together with it. */
  meetingId: Id.nullable(),
});
export type File = z.infer<typeof File>;

export const Entry = Resource.extend({
  file: File.pick({ sizeBytes: true, mediaType: true, verdict: true }).nullable(),
  /** As of a file; a folder in which a recording lies says it too. */
  keptUntil: z.iso.date().nullable(),
});
export type Entry = z.infer<typeof Entry>;

export const createFolder = operation('POST', '/api/drive/folders', {
  who: 'signed-in',
  summary: 'Create a folder in a space or a folder',
  input: z.object({ parentId: Id, name: Name }),
  output: Resource,
});
export const listFolder = operation('GET', '/api/drive/folders/:id', {
  // Somebody without an account comes by a public link, and by nothing else.
  who: 'anyone',
  summary: 'What a folder or a space holds: folders, documents and files',
  input: ByIdInput.extend({
    link: z.string().max(100).optional(),
    /** `next` of the page before. */
    after: z.string().max(4_000).optional(),
  }),
  /** By title, folders among files; at most {@link folderPageMax} entries. `next` is null on the last page. */
  output: z.object({
    folder: Resource,
    entries: z.array(Entry).max(folderPageMax),
    next: z.string().nullable(),
  }),
});
export const getFile = operation('GET', '/api/drive/files/:id', {
  who: 'anyone',
  summary: 'One file, without its bytes',
  input: ByIdInput.extend({ link: z.string().max(100).optional() }),
  output: File,
});

/**
 * Uploads speak tus 1.0 on this path. Upload-Metadata: `parentId` (uuid), `name`, `type` (media type).
 * The answer to the last PATCH, and to every HEAD after it, carries the new file's id in {@link fileIdHeader}.
 * Refusals are problems: `upload-incomplete` (409, another offset), `upload-busy` (423, bytes arrive on another
 * connection), `file-too-large` (413), `store-full` (507).
 */
export const uploadsPath = '/api/drive/uploads';
export const fileIdHeader = 'Parvis-File-Id';

/** Bytes of a file that are looked at to tell what it is. */
export const headBytes = 4096;

const at = (head: Buffer, offset: number, text: string) =>
  head.subarray(offset, offset + text.length).toString('latin1') === text;

/** What the first bytes prove, by the formats' own marks. */
const marks: readonly (readonly [type: string, proves: (head: Buffer) => boolean])[] = [
  ['image/png', (head) => at(head, 0, '\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (head) => at(head, 0, '\xff\xd8\xff')],
  ['image/gif', (head) => at(head, 0, 'GIF87a') || at(head, 0, 'GIF89a')],
  ['image/webp', (head) => at(head, 0, 'RIFF') && at(head, 8, 'WEBP')],
  ['image/avif', (head) => at(head, 4, 'ftypavif')],
  ['application/pdf', (head) => at(head, 0, '%PDF-')],
  ['audio/mpeg', (head) => at(head, 0, 'ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf2)],
  ['audio/wav', (head) => at(head, 0, 'RIFF') && at(head, 8, 'WAVE')],
  ['audio/flac', (head) => at(head, 0, 'fLaC')],
  ['audio/ogg', (head) => at(head, 0, 'OggS') && !head.includes('theora')],
  ['video/ogg', (head) => at(head, 0, 'OggS')],
  ['audio/mp4', (head) => at(head, 4, 'ftypM4A')],
  ['video/quicktime', (head) => at(head, 4, 'ftypqt')],
  ['video/mp4', (head) => at(head, 4, 'ftyp')],
  ['video/webm', (head) => at(head, 0, '\x1aE\xdf\xa3') && head.includes('webm')],
  ['video/x-matroska', (head) => at(head, 0, '\x1aE\xdf\xa3')],
  ['application/gzip', (head) => at(head, 0, '\x1f\x8b')],
  ['application/x-7z-compressed', (head) => at(head, 0, '7z\xbc\xaf\x27\x1c')],
];

/** Kinds of ZIP that are told apart by the end of the name. */
const zipped: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  epub: 'application/epub+zip',
};

/** Kinds of text that are told apart by the end of the name. None of them is ever shown as anything but text. */
const written: Record<string, string> = {
  csv: 'text/csv',
  md: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  svg: 'image/svg+xml',
  xml: 'application/xml',
  json: 'application/json',
  ics: 'text/calendar',
  vcf: 'text/vcard',
};

/** True for UTF-8 without control characters; a character cut at the end of the head does not count against it. */
function isText(head: Buffer): boolean {
  const text = new TextDecoder('utf-8', { fatal: true });
  try {
    // oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
    return !/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text.decode(head, { stream: true }));
  } catch {
    return false;
  }
}

/**
 * The media type of a file by its first bytes. What the client claims is not asked: the name's ending only tells
 * kinds of text, and kinds of ZIP, from one another.
 */
export function mediaTypeOf(head: Buffer, name: string): string {
  const proven = marks.find(([, proves]) => proves(head))?.[0];
  if (proven) return proven;
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (at(head, 0, 'PK\x03\x04')) return zipped[ending] ?? 'application/zip';
  if (isText(head)) return written[ending] ?? 'text/plain';
  return 'application/octet-stream';
}

const shownAsText = new Set(['text/plain', 'text/csv', 'text/markdown', 'application/json', 'text/calendar']);
const shownAsIs = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'application/pdf',
  'audio/mpeg',
  'audio/wav',
  'audio/flac',
  'audio/ogg',
  'audio/mp4',
  'video/mp4',
  'video/ogg',
  'video/webm',
]);

/** The content type under which a browser may show a file of this type, or null: then it is only downloaded. */
export function inlineTypeOf(mediaType: string): string | null {
  if (shownAsText.has(mediaType)) return 'text/plain; charset=utf-8';
  return shownAsIs.has(mediaType) ? mediaType : null;
}

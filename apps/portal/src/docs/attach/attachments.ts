import { call } from '@parvis/contract/call';
import { trashResource } from '@parvis/contract/directory';
import { contentPath } from '@parvis/contract/content-path';
import { type File as DriveFile, getFile } from '@parvis/contract/drive';
import { Refusal } from '@parvis/contract/refusal';
import { sendFile } from '../../drive/send-file.ts';

/** Milliseconds between two looks at a file that the antivirus has not answered for, and how long one waits for it. */
const verdictPollMs = 700;
const verdictWaitMsMax = 120_000;

/** What every browser shows as a picture, and drive sends as one. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** What a block shows or offers: its kind, and the address of the bytes. */
export interface Attached {
  readonly type: 'image' | 'video' | 'audio' | 'file';
  readonly props: { readonly url: string; readonly name: string };
}

const refused = (code: 'file-infected' | 'file-not-ready') =>
  new Refusal({ type: 'about:blank', title: code, status: 409, code });

/** The block that a file of drive becomes: by what its bytes are, not by what its name says. */
export function blockOf(file: Pick<DriveFile, 'id' | 'title' | 'mediaType'>): Attached {
  const props = { url: `${contentPath(file.id)}?inline=1`, name: file.title };
  if (pictures.has(file.mediaType)) return { type: 'image', props };
  if (file.mediaType.startsWith('video/')) return { type: 'video', props };
  if (file.mediaType.startsWith('audio/')) return { type: 'audio', props };
  return { type: 'file', props };
}

/** Waits for the antivirus. @throws Refusal `file-infected`, `file-not-ready` when it does not answer */
async function examined(id: string): Promise<DriveFile> {
  for (const end = Date.now() + verdictWaitMsMax; ; ) {
    const file = await call(getFile, { id });
    if (file.verdict === 'infected') throw refused('file-infected');
    if (file.verdict !== 'waiting') return file;
    if (Date.now() > end) throw refused('file-not-ready');
    await new Promise((resolve) => setTimeout(resolve, verdictPollMs));
  }
}

/** A file that calls itself a picture and whose bytes are none. */
export class NotAnImage extends Error {
  override readonly name = 'NotAnImage';
}

/**
 * Puts a file from this device below a document. What calls itself a picture and is not one is refused and thrown away.
 * @throws NotAnImage, and the Refusals of drive
 */
export async function attach(
  file: File,
  documentId: string,
  onShare: (share: number) => void,
): Promise<Attached> {
  const sending = sendFile(file, documentId, (sent) => onShare(file.size === 0 ? 1 : sent / file.size));
  const id = await sending.fileId;
  onShare(1);
  const kept = await examined(id);
  if (file.type.startsWith('image/') && !kept.mediaType.startsWith('image/')) {
    await call(trashResource, { id });
    throw new NotAnImage(file.name);
  }
  return blockOf(kept);
}

/** The address under which a block's bytes are asked for: who came by a link shows it. */
export function addressOf(url: string, link: string | undefined): string {
  if (link === undefined || !url.startsWith('/api/drive/files/')) return url;
  return `${url}${url.includes('?') ? '&' : '?'}link=${encodeURIComponent(link)}`;
}

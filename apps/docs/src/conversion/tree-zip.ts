import { ZipFile } from 'yazl';
import { type Paper, fileIdOf } from './paper.ts';
import { extensionOf } from './picture.ts';
import type { Workshop } from './workshop.ts';

/** One page of a tree; `path` are the titles above it. */
export interface Page {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
  readonly path: readonly string[];
}

/** Characters of one part of a path. */
const partLengthMax = 80;

/** A title as a name of a file that every system takes and that leads nowhere else. */
function fileName(title: string): string {
  const clean = title
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, partLengthMax)
    .toWellFormed()
    .trim();
  return clean === '' ? 'page' : clean;
}

/** A zip of pages with their pictures beside them, made while it is read: one page is held at a time. */
export async function* zippedPages(
  pages: readonly Page[],
  paperOf: (page: Page) => Promise<Paper>,
  { format, workshop }: { format: 'md' | 'html'; workshop: Workshop },
): AsyncGenerator<Uint8Array> {
  const archive = new ZipFile();
  const names = new Set<string>();
  const shown = new Set<string>();
  let failure: unknown;
  const fill = async () => {
    for (const page of pages) {
      const paper = await paperOf(page);
      const folder = page.path.map(fileName);
      const base = [...folder, fileName(page.title)].join('/');
      let name = base;
      for (let n = 2; names.has(name.toLowerCase()); n += 1) name = `${base} (${n})`;
      names.add(name.toLowerCase());
      const up = '../'.repeat(folder.length);
      const beside: Record<string, string> = {};
      for (const [url, { bytes, mediaType }] of Object.entries(paper.pictures)) {
        const picture = `files/${fileIdOf(url) ?? 'picture'}.${extensionOf[mediaType] ?? 'bin'}`;
        beside[url] = `${up}${picture}`;
        if (!shown.has(picture)) archive.addBuffer(Buffer.from(bytes), picture, { compress: false });
        shown.add(picture);
      }
      archive.addBuffer(
        Buffer.from(await workshop.do({ want: 'write', format, paper, beside })),
        `${name}.${format}`,
      );
    }
    archive.end();
  };
  const filling = fill().catch((error: unknown) => {
    failure = error;
    archive.end();
  });
  for await (const chunk of archive.outputStream) yield chunk as Uint8Array;
  await filling;
  if (failure !== undefined) throw failure;
}

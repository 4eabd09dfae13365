import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { findPersonById } from '@parvis/access/people';
import { checkAbility } from '@parvis/access/read';
import { contentPath } from '@parvis/contract/content-path';
import {
  documentUpdateBytesMax,
  importBlocksSizeMax,
  importBytesMax,
  nameLengthMax,
  picturesBytesMax,
} from '@parvis/contract/limits';
import { ImportFormat } from '@parvis/contract/doc-conversion';
import { Locale, Name } from '@parvis/contract/shape';
import { type Block, plainText } from '@parvis/document/block';
import { updateOf } from '@parvis/document/write-blocks';
import { Database } from '@parvis/server/database';
import { importThreads } from '../comment/imported.ts';
import { Documents } from '../document/document.service.ts';
import { type ConversionRow, findConversion, noteStep } from './conversion-row.ts';
import { blockOf } from './nesting.ts';
import { BadFile, type Conversation, type Found } from './paper.ts';
import { oneChunk, storePart, wholePart } from './pieces.ts';
import { Workshop } from './workshop.ts';

/** Times the update of a text may be larger than one that an editor sends. */
const contentBytesMax = 8 * documentUpdateBytesMax;

const fromFile = {
  fr: (author: string) => `${author || 'Anonyme'} (d’après le fichier)`,
  en: (author: string) => `${author || 'Anonymous'} (from the file)`,
  ar: (author: string) => `${author || 'مجهول'} (من الملف)`,
};

/** From a file to a document. */
@Injectable()
export class Importing {
  readonly #database: Database;
  readonly #workshop: Workshop;
  readonly #documents: Documents;

  constructor(database: Database, workshop: Workshop, documents: Documents) {
    this.#database = database;
    this.#workshop = workshop;
    this.#documents = documents;
  }

  /**
   * Reads the file; when it has pictures, they are offered and the conversion waits until they are stored. Then makes
   * the document. Each step may be repeated: the document and the note that it is made come in one transaction.
   */
  async run(row: ConversionRow): Promise<void> {
    const { db } = this.#database;
    if (row.options.supplied === true) {
      const kept = await wholePart(db, row.id, 'found');
      if (kept === null) throw new Error('what was found in the file is gone');
      return this.#make(row, JSON.parse(kept.toString()) as Found);
    }
    const bytes = await wholePart(db, row.id, 'source');
    if (bytes === null) throw new BadFile('file-damaged');
    const found = await this.#workshop.do({ want: 'read', format: ImportFormat.parse(row.format), bytes });
    if (count(found.blocks) > importBlocksSizeMax) throw new BadFile('file-too-long');
    const pictures = Object.entries(found.pictures);
    if (pictures.length === 0) return this.#make(row, found);
    await noteStep(db, row.id, { progress: 0.5 });
    for (const [key, { bytes: picture }] of pictures)
      await storePart(db, row.id, key, oneChunk(picture), picturesBytesMax);
    const text = Buffer.from(JSON.stringify({ ...found, pictures: {} }));
    await storePart(db, row.id, 'found', oneChunk(text), 16 * importBytesMax);
    await noteStep(db, row.id, {
      state: 'files',
      progress: 0.6,
      files: pictures.map(([key]) => key),
      lost: found.lost,
    });
  }

  async #make(row: ConversionRow, found: Found): Promise<void> {
    const { stored = {} } = row.options;
    const unstored = row.files.filter((key) => stored[key] === undefined).length;
    const lost = {
      ...found.lost,
      ...(unstored === 0 ? {} : { 'picture-unreadable': (found.lost['picture-unreadable'] ?? 0) + unstored }),
    };
    const blocks = withPictures(found.blocks, stored);
    const content = updateOf(blocks.length === 0 ? [blockOf('paragraph')] : blocks);
    if (content.length > contentBytesMax) throw new BadFile('file-too-long');
    await this.#database.transaction(async (db) => {
      const now = await findConversion(db, row.id, true);
      const person = await findPersonById(db, row.personId);
      if (now === null || now.state === 'done' || row.parentUid === null || person === null) return;
      await checkAbility(db, person, row.parentUid, 'edit');
      const made = await this.#documents.make(db, {
        parentUid: row.parentUid,
        title: titleOf(found.title, row.name),
        ownerId: row.personId,
        content,
      });
      const quotes = quotesOf(blocks);
      const threads = found.conversations.map((one) => ({
        uid: one.id,
        quote: quotes.get(one.id) ?? '',
        resolved: one.resolved,
        bodies: bodiesOf(one, Locale.catch('fr').parse(person.locale)),
      }));
      await importThreads(db, made.id, row.personId, threads);
      await audit(db, {
        actorId: row.personId,
        action: 'document.imported',
        resourceId: made.id,
        detail: { format: row.format },
      });
      await noteStep(db, row.id, { state: 'done', progress: 1, documentUid: made.uid, lost });
      await db.query('delete from docs.conversion_piece where conversion_id = $1', [row.id]);
    });
  }
}

function count(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { children }) => sum + 1 + count(children), 0);
}

function titleOf(found: string, fileName: string): string {
  const clean = (text: string) =>
    Name.safeParse(text.replace(/\s+/g, ' ').slice(0, nameLengthMax).toWellFormed());
  const title = clean(found);
  const name = clean(fileName.replace(/\.[^.]+$/, ''));
  return title.success ? title.data : name.success ? name.data : fileName;
}

/** Pictures by where they lie now; those that nobody could store leave their words. */
function withPictures(blocks: readonly Block[], stored: Readonly<Record<string, string>>): Block[] {
  return blocks.map((block): Block => {
    const children = withPictures(block.children, stored);
    const url = typeof block.props.url === 'string' ? block.props.url : '';
    if (!url.startsWith('picture:')) return { ...block, children };
    const file = stored[url];
    if (file !== undefined)
      return { ...block, children, props: { ...block.props, url: `${contentPath(file)}?inline=1` } };
    const words = [block.props.name, block.props.caption]
      .filter((one) => typeof one === 'string' && one !== '')
      .join(', ');
    return {
      ...blockOf('paragraph', {}, words === '' ? [] : [{ type: 'text', text: `[${words}]`, marks: [] }]),
      children,
    };
  });
}

/** The words that each conversation is about. */
function quotesOf(blocks: readonly Block[], made = new Map<string, string>()): Map<string, string> {
  for (const { content, rows = [], children } of blocks) {
    for (const one of [...content, ...rows.flatMap((row) => row.flatMap((cell) => cell.content))]) {
      if (one.type !== 'text') continue;
      for (const { name, attributes } of one.marks) {
        if (name !== 'comment' || typeof attributes.threadId !== 'string') continue;
        made.set(attributes.threadId, (made.get(attributes.threadId) ?? '') + plainText([one]));
      }
    }
    quotesOf(children, made);
  }
  return made;
}

function bodiesOf({ remarks }: Conversation, locale: keyof typeof fromFile): string[] {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return remarks.map(({ author, at, text }) => {
    const when = at === '' ? '' : `, ${date.format(new Date(at))}`;
    return `${fromFile[locale](author)}${when}\n${text}`;
  });
}

import { Inject, Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { findPersonById, type Person, peopleByIds } from '@parvis/access/people';
import { load, roles } from '@parvis/access/read';
import { discussionSizeMax, exportBytesMax, exportPageMax } from '@parvis/contract/limits';
import { Locale } from '@parvis/contract/shape';
import type { Block, Inline } from '@parvis/document/block';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { SETTINGS, type ServiceSettings } from '@parvis/server/service';
import { changedThreads, showThreads } from '../comment/book.ts';
import { UpdateLog, updatesAfter } from '../log/log.ts';
import type { Written } from './convert.worker.ts';
import { type ConversionRow, noteStep } from './conversion-row.ts';
import { fileIdOf, joinedRuns, type Paper, type Picture, said } from './paper.ts';
import { PdfPrinter } from './pdf.ts';
import { oneChunk, storePart, wholePart } from './pieces.ts';
import { pictureType } from './picture.ts';
import { type Page, zippedPages } from './tree-zip.ts';
import { Workshop } from './workshop.ts';

/** From a document to a file. It reads with the rights of whoever asked, at each step anew. */
@Injectable()
export class Exporting {
  readonly #database: Database;
  readonly #log: UpdateLog;
  readonly #workshop: Workshop;
  readonly #pdf: PdfPrinter;
  readonly #origin: string;

  constructor(
    database: Database,
    log: UpdateLog,
    workshop: Workshop,
    pdf: PdfPrinter,
    @Inject(SETTINGS) settings: ServiceSettings,
  ) {
    this.#database = database;
    this.#log = log;
    this.#workshop = workshop;
    this.#pdf = pdf;
    this.#origin = new URL(settings.publicUrl).origin;
  }

  async run(row: ConversionRow): Promise<void> {
    const { db } = this.#database;
    const person = await findPersonById(db, row.personId);
    if (person === null || row.documentUid === null) throw Refused.notFound();
    const tree = row.format.startsWith('zip-');
    const pages = await this.#pages(db, person, row.documentUid, tree);
    // Markdown alone has no place for pictures: it links to them.
    if (row.options.supplied !== true && row.format !== 'md') {
      const files = await this.#filesOf(pages);
      if (files.length > 0) return noteStep(db, row.id, { state: 'files', progress: 0.3, files });
    }
    const result = tree
      ? zippedPages(pages, (page) => this.#paper(row, person, page), {
          format: row.format === 'zip-md' ? 'md' : 'html',
          workshop: this.#workshop,
        })
      : oneChunk(await this.#file(row, person, pages));
    await noteStep(db, row.id, { progress: 0.6 });
    const sizeBytes = await storePart(db, row.id, 'result', result, exportBytesMax);
    await noteStep(db, row.id, { state: 'done', progress: 1, sizeBytes });
    await db.query(`delete from docs.conversion_piece where conversion_id = $1 and part <> 'result'`, [
      row.id,
    ]);
  }

  async #file(row: ConversionRow, person: Person, pages: readonly Page[]): Promise<Uint8Array> {
    const [page] = pages;
    if (page === undefined) throw Refused.notFound();
    const paper = await this.#paper(row, person, page);
    const format = (row.format === 'pdf' ? 'html' : row.format) as Written;
    const written = await this.#workshop.do({ want: 'write', format, paper, beside: null });
    return row.format === 'pdf' ? this.#pdf.print(written) : written;
  }

  /** The document, and the pages below it that the person may read. */
  async #pages(db: Db, person: Person, uid: string, tree: boolean): Promise<Page[]> {
    const seen = await load(db, person, uid, { kind: 'document' });
    if (seen === null) throw Refused.notFound();
    const top: Page = { id: seen.id, uid: seen.uid, title: seen.title, path: [] };
    if (!tree) return [top];
    const rows = await db.query<{ id: number; uid: string; title: string; parent: number }>(
      `with recursive below as (
         select id, uid, title, parent_id, 0 as depth from access.resource where id = $1
         union all
         select r.id, r.uid, r.title, r.parent_id, b.depth + 1 from access.resource r join below b on r.parent_id = b.id
          where r.kind = 'document' and r.trash_id is null and b.depth < 20)
       select id::float8 as id, uid, title, parent_id::float8 as parent from below where depth > 0
        order by depth, id limit $2`,
      [seen.id, exportPageMax],
    );
    const mine = await roles(
      db,
      person,
      rows.map((one) => one.uid),
    );
    const made = new Map([[top.id, top]]);
    for (const { id, uid: below, title, parent } of rows) {
      const above = made.get(parent);
      if (above !== undefined && mine.has(below))
        made.set(id, { id, uid: below, title, path: [...above.path, above.title] });
    }
    return [...made.values()];
  }

  async #blocks(documentId: number): Promise<readonly Block[]> {
    const stored = await this.#log.read(documentId);
    if (stored === null) throw Refused.notFound();
    const tail = updatesAfter(stored);
    return this.#workshop.do({
      want: 'open',
      updates: [...(stored.snapshot ? [stored.snapshot.bytes] : []), ...tail],
    });
  }

  async #filesOf(pages: readonly Page[]): Promise<string[]> {
    const files = new Set<string>();
    for (const { id } of pages)
      for (const url of pictureUrls(await this.#blocks(id))) files.add(fileIdOf(url) ?? '');
    files.delete('');
    return [...files];
  }

  async #paper(row: ConversionRow, person: Person, page: Page): Promise<Paper> {
    const { db } = this.#database;
    const all = await this.#blocks(page.id);
    const blocks = row.options.suggestions === false ? withoutSuggestions(all) : all;
    const pictures: Record<string, Picture> = {};
    for (const url of new Set(pictureUrls(blocks))) {
      const bytes = await wholePart(db, row.id, `file:${fileIdOf(url) ?? ''}`);
      const mediaType = bytes && pictureType(bytes);
      if (bytes && mediaType) pictures[url] = { bytes, mediaType };
    }
    const threads =
      row.options.comments === false
        ? []
        : await showThreads(db, await changedThreads(db, page.id, 0, discussionSizeMax));
    return {
      title: page.title,
      locale: Locale.catch('fr').parse(person.locale),
      blocks,
      conversations: threads.map(({ id, resolved, comments }) => ({
        id,
        resolved: resolved !== null,
        remarks: comments
          .filter(({ deleted }) => !deleted)
          .map(({ author, at, body, mentions }) => ({
            author: author.name,
            at,
            text: mentions.reduce((text, one) => text.replaceAll(`<@${one.id}>`, `@${one.name}`), body),
          })),
      })),
      people: await this.#names(db, blocks),
      pictures,
      origin: this.#origin,
    };
  }

  /** Names of assignees and of who suggested something. */
  async #names(db: Db, blocks: readonly Block[]): Promise<Record<string, string>> {
    const uids = new Set<string>();
    const look = (some: readonly Block[]) => {
      for (const { props, content, children } of some) {
        if (said(props.assignee) !== '') uids.add(said(props.assignee));
        for (const one of content)
          if (one.type === 'text')
            for (const { attributes } of one.marks)
              if (/^[0-9a-f-]{36}$/.test(said(attributes.person))) uids.add(said(attributes.person));
        look(children);
      }
    };
    look(blocks);
    const rows = await db.query<{ id: number; uid: string }>(
      'select subject_id as id, uid from access.person where uid = any($1::uuid[])',
      [[...uids].filter((uid) => /^[0-9a-f-]{36}$/.test(uid))],
    );
    const people =
      rows.length === 0
        ? []
        : await peopleByIds(
            db,
            rows.map(({ id }) => id),
          );
    return Object.fromEntries(people.map(({ uid, name }) => [uid, name]));
  }
}

function pictureUrls(blocks: readonly Block[]): string[] {
  return blocks.flatMap(({ type, props, children }) => [
    ...(type === 'image' && fileIdOf(said(props.url)) !== null ? [said(props.url)] : []),
    ...pictureUrls(children),
  ]);
}

/** The text as it is without what was only suggested. */
function withoutSuggestions(blocks: readonly Block[]): Block[] {
  const line = (content: readonly Inline[]) =>
    joinedRuns(
      content.flatMap((one): Inline[] => {
        if (one.type !== 'text') return [one];
        if (one.marks.some(({ name }) => name === 'insertion')) return [];
        return [
          { ...one, marks: one.marks.filter(({ name }) => name !== 'deletion' && name !== 'modification') },
        ];
      }),
    );
  return blocks.map((block) => ({
    ...block,
    content: line(block.content),
    ...(block.rows === undefined
      ? {}
      : { rows: block.rows.map((row) => row.map((cell) => ({ ...cell, content: line(cell.content) }))) }),
    children: withoutSuggestions(block.children),
  }));
}

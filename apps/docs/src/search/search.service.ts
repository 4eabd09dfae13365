import { Injectable } from '@nestjs/common';
import { findPersonByUid } from '@parvis/access/people';
import { load } from '@parvis/access/read';
import { scopeOf, type Scope } from '@parvis/access/scope';
import { likePattern, searchKey } from '@parvis/access/titles';
import type { DocumentHit, searchDocuments } from '@parvis/contract/doc-search';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { wordsOf } from '@parvis/server/words';
import { listed, visibleDocuments } from '../list/seen.ts';
import { context, marked, type Sought, stemsIn } from '@parvis/server/stretches';

/** Newest matches that are ranked: reading the words of a document costs many times what finding it does. */
const candidatesMax = 100;
/** Matches of the title that are looked at beside those. */
const titlesMax = 50;
/** Documents of somebody who sees few. */
const fewMax = 100;
/** Words of one search; what comes after is not asked for. */
const wordsMax = 12;
/** Days after which a document counts for about a third of what it did. */
const fadeDays = 180;

interface Found {
  id: number;
  stems: string;
  lines: string[] | null;
  blocks: string[] | null;
}

/**
 * Finds documents by their words. The newest matches are ranked: a word of the title weighs most, then how often and
 * how near the words stand, then how fresh the document is. The filter of access is inside: no word of a document that
 * this person may not see now is looked at.
 */
@Injectable()
export class Search {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws Refused `not-found` for a space that is not theirs to see */
  async search(caller: Caller, input: InputOf<typeof searchDocuments>): Promise<{ hits: DocumentHit[] }> {
    const { db } = this.#database;
    const words = wordsOf(input.q)
      .slice(0, wordsMax)
      .map(({ folded }) => folded);
    const space =
      input.spaceId === undefined ? null : await load(db, caller, input.spaceId, { kind: 'space' });
    if (input.spaceId !== undefined && space === null) throw Refused.notFound();
    const scope = await scopeOf(db, caller);
    const last = words.at(-1);
    if (last === undefined || scope.tops.length + scope.extra.length === 0) return { hits: [] };
    const found = await this.#find(scope, words, space?.id ?? null, input);
    const documents = await listed(
      db,
      caller,
      found.map(({ id }) => id),
      scope,
    );
    const sought: Sought = {
      stems: stemsIn(found[0]?.stems ?? ''),
      prefix: last,
      count: words.length,
      seen: new Map(),
    };
    const hits = found.flatMap(({ id, lines, blocks }): DocumentHit[] => {
      const document = documents.get(id);
      if (document === undefined) return [];
      const around = context(lines ?? [], sought);
      return [
        {
          document,
          title: marked(document.title, sought),
          context: around?.stretches ?? [],
          blockId: around === null ? null : (blocks?.[around.at] ?? null),
        },
      ];
    });
    return { hits };
  }

  /**
   * Documents of somebody who sees few: each is looked into, which is faster than finding a usual word in all that are not
   * theirs. Null for everybody else.
   */
  async #few(scope: Scope): Promise<number[] | null> {
    const visible = visibleDocuments(scope, 'r', 1);
    const rows = await this.#database.db.query<{ id: number }>(
      `select r.id::float8 as id from access.resource r where ${visible.sql} limit ${fewMax + 1}`,
      visible.params,
    );
    return rows.length > fewMax ? null : rows.map(({ id }) => id);
  }

  async #find(
    scope: Scope,
    words: string[],
    spaceId: number | null,
    input: InputOf<typeof searchDocuments>,
  ): Promise<Found[]> {
    const visible = visibleDocuments(scope, 'r', 2);
    const params: unknown[] = [words, ...visible.params];
    const narrowed = [visible.sql];
    if (spaceId !== null) narrowed.push(`r.space_id = $${params.push(spaceId)}`);
    if (input.ownerId !== undefined) {
      const owner = await findPersonByUid(this.#database.db, input.ownerId);
      narrowed.push(`r.owner_id = $${params.push(owner?.id ?? 0)}`);
    }
    if (input.since !== undefined) narrowed.push(`r.updated_at >= $${params.push(input.since)}::timestamptz`);
    // Each word as it was typed, or the part of it that its article was cut from.
    const inTitle = wordsOf(input.q)
      .slice(0, wordsMax)
      .map(
        ({ from, to }) =>
          `r.title_key like $${params.push(`%${likePattern(searchKey(input.q.slice(from, to)))}%`)}`,
      );
    const few = await this.#few(scope);
    const from =
      few === null
        ? 'docs.text t'
        : `unnest($${params.push(few)}::bigint[]) f (id) join docs.text t on t.document_id = f.id`;
    const limit = `$${params.push(input.limit)}`;
    return this.#database.db.query<Found>(
      `with q as materialized (select docs.asked($1::text[]) as asked),
        worded as (
          select r.id, r.updated_at from q, ${from} join access.resource r on r.id = t.document_id
           where t.words @@ q.asked and ${narrowed.join(' and ')} order by r.updated_at desc limit ${candidatesMax}),
        titled as (
          select r.id, r.updated_at from access.resource r
           where ${[...inTitle, ...narrowed].join(' and ')} order by r.updated_at desc limit ${titlesMax}),
        matched as (
          select id, updated_at, bool_or(by_title) as by_title from (
            select *, false as by_title from worded union all select *, true from titled) b group by id, updated_at),
        best as (
          select b.id, b.updated_at,
                 (coalesce(ts_rank('{0.1,0.2,0.4,1}', t.words, q.asked, 1), 0) + case when b.by_title then 1 else 0 end)
                 * (0.3 + 0.7 * exp(-extract(epoch from now() - b.updated_at) / (86400.0 * ${fadeDays}))) as weight
            from matched b left join docs.text t on t.document_id = b.id, q
           order by weight desc, b.updated_at desc, b.id limit ${limit})
       select best.id::float8 as id, coalesce(q.asked::text, '') as stems, t.lines, t.blocks
         from q, best left join docs.text t on t.document_id = best.id
        order by best.weight desc, best.updated_at desc, best.id`,
      params,
    );
  }
}

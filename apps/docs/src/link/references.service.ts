import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { load } from '@parvis/access/read';
import { scopeOf, type Scope } from '@parvis/access/scope';
import type { listMyMentions, Reference } from '@parvis/contract/doc-links';
import { pageSizeMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { listed, visibleDocuments } from '../list/seen.ts';

interface Row {
  id: number;
  blockId: string;
  context: string;
  at: Date;
}

/** What links to a document, and where people are mentioned, as far as the one who asks may see it. */
@Injectable()
export class References {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws Refused `not-found`, for strangers too */
  async backlinks(caller: Caller, uid: string): Promise<{ links: Reference[] }> {
    const { db } = this.#database;
    const row = await load(db, caller, uid, { kind: 'document' });
    if (row === null) throw Refused.notFound();
    const scope = await scopeOf(db, caller);
    const found = await rowsOf(
      db,
      scope,
      'link',
      'l.ref = $3 and l.document_id <> $4',
      [uid, row.id],
      pageSizeMax,
    );
    return { links: await present(db, caller, scope, found) };
  }

  async mentions(
    caller: Caller,
    { limit }: InputOf<typeof listMyMentions>,
  ): Promise<{ mentions: Reference[] }> {
    const { db } = this.#database;
    const scope = await scopeOf(db, caller);
    const found = await rowsOf(db, scope, 'mention', 'l.person = $3', [caller.uid], limit);
    return { mentions: await present(db, caller, scope, found) };
  }
}

async function rowsOf(
  db: Db,
  scope: Scope,
  table: 'link' | 'mention',
  which: string,
  params: unknown[],
  limit: number,
): Promise<Row[]> {
  const visible = visibleDocuments(scope, 'r', 1);
  return db.query<Row>(
    `select l.document_id::float8 as id, l.block_id as "blockId", l.context, l.at
       from docs.${table} l join access.resource r on r.id = l.document_id
      where ${which} and ${visible.sql} order by l.at desc, l.document_id, l.block_id limit ${limit}`,
    [...visible.params, ...params],
  );
}

async function present(db: Db, caller: Caller, scope: Scope, rows: readonly Row[]): Promise<Reference[]> {
  const ids = [...new Set(rows.map(({ id }) => id))];
  const documents = await listed(db, caller, ids, scope);
  return rows.flatMap(({ id, at, ...rest }) => {
    const document = documents.get(id);
    return document === undefined ? [] : [{ ...rest, document, at: at.toISOString() }];
  });
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import { scopeOf, type Scope } from '@parvis/access/scope';
import type { favourDocument, listDocuments } from '@parvis/contract/doc-list';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { listed, visibleDocuments } from './seen.ts';

/** Held with the person's id while a favourite is placed. */
const placingKey = 7_271_003;

type List = InputOf<typeof listDocuments>['list'];

/**
 * Ids of a list in its order, of what `visible` lets through. $1 is the person, $2 their subjects, $3 and $4 their scope.
 * Shared with me is what others gave me, by name or through a group, outside of the trees that I belong to.
 */
function idsOf(list: List, visible: string): string {
  switch (list) {
    case 'recent':
      return `select r.id from docs.visit v join access.resource r on r.id = v.document_id
        where v.person_id = $1 and ${visible} order by v.at desc, r.id desc`;
    case 'favourite':
      return `select r.id from docs.favourite f join access.resource r on r.id = f.document_id
        where f.person_id = $1 and ${visible} order by f.position, r.id`;
    case 'mine':
      return `select r.id from access.resource r where r.owner_id = $1 and ${visible}
        order by r.updated_at desc, r.id desc`;
    case 'shared':
      return `select r.id from (
          select distinct resource_id from access.grant_ where subject_id = any($2::int[]) and subject_id <> 1
             and (expires_at is null or expires_at > now())) g
        join access.resource r on r.id = g.resource_id
       where r.owner_id is distinct from $1 and (r.parent_id is null or r.top_id <> all($3::bigint[])) and ${visible}
       order by r.updated_at desc, r.id desc`;
  }
}

/** A person's own lists of documents. */
@Injectable()
export class Lists {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async #seen(db: Db, caller: Caller, uid: string): Promise<Seen> {
    const row = await load(db, caller, uid, { kind: 'document' });
    if (row === null) throw Refused.notFound();
    return row;
  }

  async list(caller: Caller, { list, from, limit }: InputOf<typeof listDocuments>) {
    const { db } = this.#database;
    const scope = await scopeOf(db, caller);
    const ids = await this.#ids(caller, scope, list, from, limit + 1);
    const found = await listed(db, caller, ids.slice(0, limit), scope);
    const documents = ids.slice(0, limit).flatMap((id) => found.get(id) ?? []);
    return { documents, next: ids.length > limit ? from + limit : null };
  }

  async #ids(caller: Caller, scope: Scope, list: List, from: number, limit: number): Promise<number[]> {
    const visible = visibleDocuments(scope, 'r', 3);
    const rows = await this.#database.db.query<{ id: number }>(
      `select id::float8 as id from (${idsOf(list, visible.sql)} limit $5 offset $6) page
        where $2::int[] is not null`,
      [caller.id, scope.subjects, ...visible.params, limit, from],
    );
    return rows.map(({ id }) => id);
  }

  /** @throws Refused `not-found`, for strangers too */
  async visit(caller: Caller, uid: string) {
    const { db } = this.#database;
    const row = await this.#seen(db, caller, uid);
    await db.query(
      `insert into docs.visit (person_id, document_id) select $1, resource_id from docs.document where resource_id = $2
       on conflict (person_id, document_id) do update set at = excluded.at`,
      [caller.id, row.id],
    );
    return done;
  }

  /** Puts a document before another favourite, or at the end; one that is a favourite already moves. @throws Refused `not-found` */
  async favour(caller: Caller, { id, beforeId }: InputOf<typeof favourDocument>) {
    await this.#database.transaction(async (db) => {
      const row = await this.#seen(db, caller, id);
      const before = beforeId === undefined ? null : await this.#seen(db, caller, beforeId);
      // Two devices of one person do not place at the same time.
      await db.query('select pg_advisory_xact_lock($1, $2)', [placingKey, caller.id]);
      await db.query(
        `insert into docs.favourite (person_id, document_id, position)
         select $1, d.resource_id, coalesce(
           (select b.position - coalesce((b.position - (select max(position) from docs.favourite
                    where person_id = $1 and position < b.position and document_id <> $2)) / 2, 1)
              from docs.favourite b where b.person_id = $1 and b.document_id = $3),
           (select max(position) + 1 from docs.favourite where person_id = $1), 1)
           from docs.document d where d.resource_id = $2
         on conflict (person_id, document_id) do update set position = excluded.position`,
        [caller.id, row.id, before?.id ?? null],
      );
    });
    return done;
  }

  /** @throws Refused `not-found` */
  async unfavour(caller: Caller, uid: string) {
    const { db } = this.#database;
    const row = await this.#seen(db, caller, uid);
    await db.query('delete from docs.favourite where person_id = $1 and document_id = $2', [
      caller.id,
      row.id,
    ]);
    return done;
  }
}

import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { type Person, peopleByIds } from '@parvis/access/people';
import type {
  listSittings,
  listVersions,
  nameVersion,
  Sitting,
  unnameVersion,
  Version,
} from '@parvis/contract/doc-history';
import { versionListSizeMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { v7 as uuidv7 } from '@parvis/server/uuid';
import { Counting } from './counting.ts';
import { Keeping } from './keeping.ts';
import { Moments } from './moments.ts';

interface SittingRow {
  first: number;
  last: number;
  began: Date;
  ended: Date;
  writers: { person: number; edits: number }[];
  kept: boolean;
}
interface VersionRow {
  uid: string;
  seq: number;
  at: Date;
  name: string | null;
  person: number | null;
}
const versionColumns = 'uid, seq::float8 as seq, at, name, person_id as person';

/** Who wrote a document and when, and the moments of it that have a name. */
@Injectable()
export class Versions {
  readonly #database: Database;
  readonly #moments: Moments;
  readonly #counting: Counting;
  readonly #keeping: Keeping;
  readonly #outbox: Outbox;

  constructor(database: Database, moments: Moments, counting: Counting, keeping: Keeping, outbox: Outbox) {
    this.#database = database;
    this.#moments = moments;
    this.#counting = counting;
    this.#keeping = keeping;
    this.#outbox = outbox;
  }

  async sittings(
    caller: Caller,
    { id, before, limit }: InputOf<typeof listSittings>,
  ): Promise<OutputOf<typeof listSittings>> {
    const found = await this.#moments.open(caller, id);
    await this.#counting.upToNow(found.id);
    const { db } = this.#database;
    const rows = await db.query<SittingRow>(
      `select first_seq::float8 as first, last_seq::float8 as last, began_at as began, ended_at as ended, writers,
              last_seq >= h.folded_seq or exists (
                select from docs.version v where v.document_id = h.document_id and v.seq = s.last_seq) as kept
         from docs.sitting s join docs.history h using (document_id)
        where document_id = $1 and ($2::bigint is null or first_seq < $2) order by first_seq desc limit $3`,
      [found.id, before ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const people = await this.#people(page.flatMap(({ writers }) => writers.map(({ person }) => person)));
    return {
      sittings: page.map((row) => presentSitting(row, people)),
      before: rows.length > limit ? (page.at(-1)?.first ?? null) : null,
      lastSeq: await this.#lastSeq(db, found.id),
    };
  }

  async list(
    caller: Caller,
    { id, before, limit }: InputOf<typeof listVersions>,
  ): Promise<OutputOf<typeof listVersions>> {
    const found = await this.#moments.open(caller, id);
    const rows = await this.#database.db.query<VersionRow>(
      `select ${versionColumns} from docs.version
        where document_id = $1 and kind in ('named', 'replaced') and ($2::bigint is null or seq < $2)
        order by seq desc limit $3`,
      [found.id, before ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const people = await this.#people(page.flatMap(({ person }) => (person === null ? [] : [person])));
    return {
      versions: page.map((row) => presentVersion(row, people)),
      before: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
    };
  }

  /** @throws Refused `moment-gone`, `too-many-versions`, `not-found` for a moment that has not come */
  async name(caller: Caller, { id, name, seq }: InputOf<typeof nameVersion>): Promise<Version> {
    const found = await this.#moments.open(caller, id);
    const { db } = this.#database;
    const moment = seq ?? (await this.#lastSeq(db, found.id));
    const at = await this.#moments.timeOf(found.id, moment);
    const row = await this.#database.transaction(async (inside) => {
      await this.#moments.open(caller, id, inside);
      const [named] = await inside.query<{ count: number }>(
        `select count(*)::int as count from docs.version where document_id = $1 and kind = 'named'`,
        [found.id],
      );
      if ((named?.count ?? 0) >= versionListSizeMax) throw Refused.conflict('too-many-versions');
      const [made] = await inside.query<VersionRow>(
        `insert into docs.version (uid, document_id, seq, at, name, person_id, kind)
         values ($1, $2, $3, $4, $5, $6, 'named')
         on conflict (document_id, seq) do update
           set name = excluded.name, person_id = excluded.person_id, kind = 'named'
         returning ${versionColumns}`,
        [uuidv7(), found.id, moment, at, name, caller.id],
      );
      if (!made) throw Refused.notFound();
      await this.#tell(inside, caller, found, 'named', made);
      await this.#keeping.later(inside, found.id);
      return made;
    });
    return presentVersion(row, await this.#people([caller.id]));
  }

  async unname(caller: Caller, { id, versionId }: InputOf<typeof unnameVersion>): Promise<typeof done> {
    await this.#database.transaction(async (db) => {
      const found = await this.#moments.open(caller, id, db);
      const [changed] = await db.query<VersionRow>(
        `update docs.version set name = null, kind = 'sitting'
          where document_id = $1 and uid = $2 and kind = 'named' returning ${versionColumns}`,
        [found.id, versionId],
      );
      if (!changed) throw Refused.notFound();
      await this.#tell(db, caller, found, 'unnamed', changed);
    });
    return done;
  }

  async #tell(
    db: Db,
    caller: Caller,
    document: { id: number; uid: string },
    verb: string,
    { uid, seq }: VersionRow,
  ): Promise<void> {
    const detail = { version: uid, seq };
    await audit(db, {
      actorId: caller.id,
      action: `document.version-${verb}`,
      resourceId: document.id,
      detail,
    });
    await this.#outbox.add(db, `document-version-${verb}`, { id: document.uid, ...detail, byId: caller.uid });
  }

  async #lastSeq(db: Db, documentId: number): Promise<number> {
    const [row] = await db.query<{ seq: number }>(
      'select last_seq::float8 as seq from docs.document where resource_id = $1',
      [documentId],
    );
    if (!row) throw Refused.notFound();
    return row.seq;
  }

  async #people(ids: readonly number[]): Promise<Map<number, Person>> {
    const people = await peopleByIds(this.#database.db, [...new Set(ids)]);
    return new Map(people.map((person) => [person.id, person]));
  }
}

function presentSitting(row: SittingRow, people: ReadonlyMap<number, Person>): Sitting {
  const writers = row.writers.flatMap(({ person, edits }) => {
    const known = people.get(person);
    return known ? [{ person: presentPerson(known), edits }] : [];
  });
  return {
    firstSeq: row.first,
    lastSeq: row.last,
    beganAt: row.began.toISOString(),
    endedAt: row.ended.toISOString(),
    writers: writers.sort((a, b) => b.edits - a.edits),
    kept: row.kept,
  };
}

function presentVersion(row: VersionRow, people: ReadonlyMap<number, Person>): Version {
  const by = row.person === null ? undefined : people.get(row.person);
  return {
    id: row.uid,
    seq: row.seq,
    at: row.at.toISOString(),
    name: row.name,
    by: by ? presentPerson(by) : null,
  };
}

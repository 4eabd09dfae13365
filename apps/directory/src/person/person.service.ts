import { Injectable } from '@nestjs/common';
import { findPersonByUid, isActive, peopleByIds, type Person, personColumns } from '@parvis/access/people';
import { scopeOf } from '@parvis/access/scope';
import { likePattern, searchKey } from '@parvis/access/titles';
import type { listPeople, PersonCard } from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';

type Card = z.infer<typeof PersonCard>;
const Cursor = z.tuple([z.int(), z.string(), z.int()]);

function readCursor(text: string | undefined): z.infer<typeof Cursor> | null {
  if (text === undefined) return null;
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw Refused.badInput([], 'bad-cursor');
  }
}

/** The people of the house. */
@Injectable()
export class People {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Cards with the sponsors' names, who are fetched in one query. The order stays. */
  async cards(people: readonly Person[]): Promise<Card[]> {
    const ids = [...new Set(people.map((one) => one.sponsorId).filter((id) => id !== null))];
    const sponsors = ids.length === 0 ? [] : await peopleByIds(this.#database.db, ids);
    const byId = new Map(sponsors.map((one) => [one.id, one]));
    return people.map((one) => {
      const sponsor = one.sponsorId === null ? undefined : byId.get(one.sponsorId);
      return {
        ...presentPerson(one),
        email: one.email,
        sponsor: sponsor ? presentPerson(sponsor) : null,
        endsAt: one.endsAt?.toISOString() ?? null,
      };
    });
  }

  /** A page by name, names that start with the text first; accents, case and Arabic vowel signs do not matter. */
  async list({ q, limit, after }: InputOf<typeof listPeople>) {
    const pattern = likePattern(searchKey(q ?? ''));
    const cursor = readCursor(after);
    const rows = await this.#database.db.query<Person & { place: number; key: string }>(
      `with found as (
         select p.*, (p.name_key not like $1)::int as place from access.person p
          where ${isActive('p')} and (p.name_key like $2 or lower(p.email) like $2))
       select ${personColumns('p')}, p.place, p.name_key as key from found p
        where $3::int is null or (p.place, p.name_key, p.subject_id) > ($3::int, $4::text, $5::int)
        order by p.place, p.name_key, p.subject_id limit $6`,
      [`${pattern}%`, `%${pattern}%`, ...(cursor ?? [null, null, null]), limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const next = last
      ? Buffer.from(JSON.stringify([last.place, last.key, last.id])).toString('base64url')
      : null;
    return { people: await this.cards(page), next };
  }

  /** A person whom the caller may know. @throws Refused `not-found`, for strangers of a guest too */
  async get(caller: Caller, uid: string): Promise<Card> {
    const person = await findPersonByUid(this.#database.db, uid);
    if (person === null || !(await this.#mayKnow(caller, person))) throw Refused.notFound();
    return (await this.cards([person]))[0] as Card;
  }

  /** Guests know themselves, their sponsor, and whoever sees something that they see by more than a link. */
  async #mayKnow(caller: Caller, person: Person): Promise<boolean> {
    if (caller.kind === 'member' || caller.id === person.id) return true;
    const { db } = this.#database;
    const [mine, theirs] = [await scopeOf(db, caller), await scopeOf(db, person)];
    const [row] = await db.query<{ shared: boolean }>(
      `select exists (select from access.person where subject_id = $5 and sponsor_id = $6)
           or exists (select from access.resource r
                where r.id = any($1::bigint[] || $2::bigint[]) and r.trash_id is null
                  and (r.top_id = any($3::bigint[]) or r.access_id = any($4::bigint[]))) as shared`,
      [mine.tops, mine.extra, theirs.tops, theirs.extra, caller.id, person.id],
    );
    return row?.shared === true;
  }
}

import { Injectable } from '@nestjs/common';
import { type Person, peopleByIds } from '@parvis/access/people';
import type { compareMoments, readMoment } from '@parvis/contract/doc-history';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Counting } from './counting.ts';
import { Desk } from './desk.ts';
import { Moments } from './moments.ts';
import type { Written } from './people-of.ts';

interface WriterRow {
  client: number;
  from: number;
  to: number;
  person: number;
}

/** Shows what a document was, who wrote it, and what became of it since. */
@Injectable()
export class LookBack {
  readonly #database: Database;
  readonly #moments: Moments;
  readonly #counting: Counting;
  readonly #desk: Desk;

  constructor(database: Database, moments: Moments, counting: Counting, desk: Desk) {
    this.#database = database;
    this.#moments = moments;
    this.#counting = counting;
    this.#desk = desk;
  }

  /** @throws Refused as {@link Moments.stateAt} */
  async read(
    caller: Caller,
    { id, seq, authors }: InputOf<typeof readMoment>,
  ): Promise<OutputOf<typeof readMoment>> {
    const found = await this.#moments.open(caller, id);
    const moment = await this.#momentOf(found.id, seq);
    const { bytes: state } = await this.#moments.stateAt(found.id, seq);
    const { written, people } = authors ? await this.#writers(found.id) : { written: null, people: [] };
    const blocks = await this.#desk.ask({ want: 'blocks', state, written });
    return { moment, blocks: [...blocks], people: named(people, blocks) };
  }

  /** @throws Refused as {@link Moments.stateAt} */
  async compare(
    caller: Caller,
    { id, from, to }: InputOf<typeof compareMoments>,
  ): Promise<OutputOf<typeof compareMoments>> {
    const found = await this.#moments.open(caller, id);
    const moments = await Promise.all([from, to].map((seq) => this.#momentOf(found.id, seq)));
    const before = from === 0 ? null : (await this.#moments.stateAt(found.id, from)).bytes;
    const after = (await this.#moments.stateAt(found.id, to)).bytes;
    const { written, people } = await this.#writers(found.id);
    const differences = await this.#desk.ask({
      want: 'difference',
      before,
      after,
      written,
      rows: await this.#moments.rowsBetween(found.id, from, to),
      uids: new Map(people.map((person) => [person.id, person.uid])),
    });
    const [first, last] = moments as [(typeof moments)[number], (typeof moments)[number]];
    return { from: first, to: last, differences: [...differences], people: named(people, differences) };
  }

  async #momentOf(documentId: number, seq: number): Promise<{ seq: number; at: string | null }> {
    if (seq === 0) return { seq, at: null };
    return { seq, at: (await this.#moments.timeOf(documentId, seq)).toISOString() };
  }

  /** Who wrote which clocks, and all who ever wrote in the document. */
  async #writers(documentId: number): Promise<{ written: Written[]; people: Person[] }> {
    await this.#counting.upToNow(documentId);
    const { db } = this.#database;
    const rows = await db.query<WriterRow>(
      `select client::float8 as client, from_clock::float8 as "from", to_clock::float8 as "to", person_id as person
         from docs.writer where document_id = $1 order by client, from_clock`,
      [documentId],
    );
    const sat = await db.query<{ person: number }>(
      `select distinct (w ->> 'person')::int as person from docs.sitting, jsonb_array_elements(writers) w
        where document_id = $1`,
      [documentId],
    );
    const ids = new Set([...rows, ...sat].map(({ person }) => person));
    const people = await peopleByIds(db, [...ids]);
    const uids = new Map(people.map((person) => [person.id, person.uid]));
    const written = rows.flatMap(({ client, from, to, person }) => {
      const by = uids.get(person);
      return by === undefined ? [] : [{ client, from, to, by }];
    });
    return { written, people };
  }
}

/** Those of the people whom an answer names. */
function named(people: readonly Person[], answer: unknown): ReturnType<typeof presentPerson>[] {
  const text = JSON.stringify(answer);
  return people.filter(({ uid }) => text.includes(uid)).map(presentPerson);
}

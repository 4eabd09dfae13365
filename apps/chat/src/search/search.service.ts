import { Injectable } from '@nestjs/common';
import { load } from '@parvis/access/read';
import type { MessageHit, SearchHint, searchMessages } from '@parvis/contract/chat-search';
import { foundSizeMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { type Asked, asked } from './asked.ts';
import { type Cursor, cursorOf, readCursor } from './cursor.ts';
import { hitsOf, type Place } from './hits.ts';
import { type Channels, channelsFor } from './scope.ts';

/** Entries of channels that are looked at one by one rather than found by their words. */
const narrowMax = 2_000;
/** Newest matches that are put in order when the best are asked for. */
const candidatesMax = 200;
/** Days after which a message counts for about a third of what it did. */
const fadeDays = 180;
/** PostgreSQL's largest position. */
const lastChannel = '9223372036854775807';

type Found = Place & { readonly counted: number; readonly complete: boolean };
export interface Answer {
  readonly hits: MessageHit[];
  readonly next: string | null;
  readonly count: number;
  readonly complete: boolean;
  readonly hints: SearchHint[];
}

/**
 * Finds messages. Which channels may be looked into is asked anew for each search, and what leaves is read from the log:
 * what is deleted, hidden or no longer theirs to see is not in the answer, however old the index is.
 */
@Injectable()
export class Search {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws Refused `not-found` for a channel or space that is not theirs to see, `bad-cursor` */
  async search(caller: Caller, input: InputOf<typeof searchMessages>): Promise<Answer> {
    const { db } = this.#database;
    for (const [uid, kind] of [
      [input.channelId, 'channel'],
      [input.spaceId, 'space'],
    ] as const)
      if (uid !== undefined && (await load(db, caller, uid, { kind })) === null) throw Refused.notFound();
    const cursor = readCursor(input.after, input.order);
    const question = await asked(db, {
      ...input,
      personId: caller.id,
      mayKnowPeople: caller.kind === 'member',
    });
    const { channels, hints } = await channelsFor(db, {
      personId: caller.id,
      query: question.query,
      channelId: input.channelId,
      spaceId: input.spaceId,
    });
    const all = [...question.hints, ...hints];
    if (question.text === null || channels.ids.length === 0)
      return { hits: [], next: null, count: 0, complete: true, hints: all };
    const found =
      input.order === 'newest'
        ? await this.#newest(caller, question, channels, cursor, input.limit + 1)
        : await this.#best(caller, question, channels, cursor.skip, input.limit + 1);
    const page = found.slice(0, input.limit);
    const last = page.at(-1);
    const more = found.length > input.limit && last !== undefined;
    return {
      hits: await hitsOf(db, caller, page, question),
      next: more ? cursorOf(input.order, last, cursor.skip + page.length) : null,
      count: Math.min(foundSizeMax, found[0]?.counted ?? 0),
      complete: (found[0]?.complete ?? true) && (found[0]?.counted ?? 0) <= foundSizeMax,
      hints: all,
    };
  }

  #newest(
    caller: Caller,
    question: Asked,
    channels: Channels,
    { below }: Cursor,
    limit: number,
  ): Promise<Found[]> {
    const saved = question.query.is.some(({ what }) => what === 'saved');
    if (saved) return this.#saved(caller, question, channels, { below, skip: 0 }, limit);
    return this.#database.db.query<Found>(
      `select f.channel_id::float8 as "channelId", f.seq::float8 as seq, f.at, f.counted, f.complete,
              (select c.uid from chat.channel c where c.resource_id = f.channel_id) as "channelUid"
         from chat.search_find($1::tsquery, $2::bigint[], $3::bigint[], $4, coalesce($5::timestamptz, '-infinity'),
                coalesce($6::timestamptz, 'infinity'), coalesce($7::timestamptz, 'infinity'),
                coalesce((select c.resource_id from chat.channel c where c.uid = $8::uuid), ${lastChannel}),
                coalesce($9::bigint, ${lastChannel}), $10) f`,
      [
        question.text,
        channels.ids,
        channels.afters,
        channels.size <= narrowMax,
        question.since,
        question.until,
        below?.at ?? null,
        below?.channelId ?? null,
        below?.seq ?? null,
        limit,
      ],
    );
  }

  /** What a person kept is little: each is looked into. */
  #saved(
    caller: Caller,
    question: Asked,
    channels: Channels,
    { below }: Cursor,
    limit: number,
  ): Promise<Found[]> {
    return this.#database.db.query<Found>(
      `with hit as materialized (
         select e.channel_id, e.seq, e.at, c.uid
           from chat.saved s join chat.message m on m.channel_id = s.channel_id and m.seq = s.seq
           join chat.search_entry e on e.channel_id = m.channel_id and e.seq = m.seq and e.at = m.at
           join chat.channel c on c.resource_id = e.channel_id
          where s.person_id = $1 and s.done_at is null and s.channel_id in (select unnest($2::bigint[])) and e.words @@ $3::tsquery
            and e.at >= coalesce($4::timestamptz, '-infinity') and e.at < coalesce($5::timestamptz, 'infinity'))
       select h.channel_id::float8 as "channelId", h.seq::float8 as seq, h.at, h.uid as "channelUid",
              (select count(*)::int from hit) as counted, true as complete
         from hit h
        where $6::timestamptz is null or (h.at, h.channel_id, h.seq) < ($6,
          (select c.resource_id from chat.channel c where c.uid = $7::uuid), $8::bigint)
        order by h.at desc, h.channel_id desc, h.seq desc limit $9`,
      [
        caller.id,
        channels.ids,
        question.text,
        question.since,
        question.until,
        below?.at ?? null,
        below?.channelId ?? null,
        below?.seq ?? null,
        limit,
      ],
    );
  }

  /** The newest matches by how well they answer and how fresh they are: to weigh all of them would take too long. */
  async #best(
    caller: Caller,
    question: Asked,
    channels: Channels,
    skip: number,
    limit: number,
  ): Promise<Found[]> {
    const found = await this.#newest(caller, question, channels, { below: null, skip: 0 }, candidatesMax);
    const order = await this.#database.db.query<{ nr: number }>(
      `select g.nr::int - 1 as nr
         from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) with ordinality g (channel_id, seq, at, nr)
         join chat.search_entry e on e.channel_id = g.channel_id and e.seq = g.seq and e.at = g.at
        order by ts_rank(e.words, $4::tsquery, 1)
                 * (0.3 + 0.7 * exp(-extract(epoch from now() - g.at) / (86400.0 * ${fadeDays}))) desc, g.nr
       offset $5 limit $6`,
      [
        found.map((one) => one.channelId),
        found.map((one) => one.seq),
        found.map((one) => one.at),
        question.text,
        skip,
        limit,
      ],
    );
    return order.flatMap(({ nr }) => found[nr] ?? []);
  }
}

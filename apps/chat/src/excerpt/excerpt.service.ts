import { Injectable } from '@nestjs/common';
import { roles } from '@parvis/access/read';
import type { readExcerpts } from '@parvis/contract/chat-excerpt';
import { excerptLengthMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { plain } from '../search/plain.ts';

interface Row {
  readonly channelId: string;
  readonly seq: number;
  readonly body: string;
}

/** Characters of a body that are looked at for its beginning. */
const readLengthMax = 2_000;

/**
 * The beginnings of messages, for lists that keep no text of their own: the right is asked for each time, so that what
 * was deleted, hidden or closed to somebody is gone from their lists at once.
 */
@Injectable()
export class Excerpts {
  constructor(private readonly database: Database) {}

  async read(caller: Caller, { of }: InputOf<typeof readExcerpts>): Promise<OutputOf<typeof readExcerpts>> {
    const { db } = this.database;
    const channels = [...new Set(of.map(({ channelId }) => channelId))];
    const seen = channels.length === 0 ? new Map() : await roles(db, caller, channels);
    const asked = of.filter(({ channelId }) => seen.has(channelId));
    if (asked.length === 0) return { excerpts: [] };
    const rows = await db.query<Row>(
      `select c.uid as "channelId", m.seq::float8 as seq,
          left(coalesce(nullif(m.body, ''), m.content -> 'poll' ->> 'question', ''), ${readLengthMax}) as body
         from unnest($1::uuid[], $2::bigint[]) as g(channel, seq) join chat.channel c on c.uid = g.channel
         join chat.message m on m.channel_id = c.resource_id and m.seq = g.seq
        where m.kind = 'message' and m.deleted_at is null and m.hidden_at is null`,
      [asked.map(({ channelId }) => channelId), asked.map(({ seq }) => seq)],
    );
    return {
      excerpts: rows.flatMap(({ body, ...place }) => {
        const text = cut(plain(body));
        return text === '' ? [] : [{ ...place, text }];
      }),
    };
  }
}

function cut(text: string): string {
  if (text.length <= excerptLengthMax) return text;
  return `${text
    .slice(0, excerptLengthMax - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

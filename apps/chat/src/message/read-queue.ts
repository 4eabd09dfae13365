import { tellRead } from '../telling/telling.ts';
import { Injectable } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { Following } from '../live/following.ts';
import { Notices } from '../live/notices.ts';
import type { Right } from '../live/rights.ts';

/** People and channels written in one statement at most. */
const batchMax = 1_000;

interface Mark {
  readonly right: Right;
  seq: number;
  readonly settle: { resolve: () => void; reject: (error: unknown) => void }[];
}

/** Moves what people have read; never back. While one write is under way, the marks that come are merged for the next. */
@Injectable()
export class ReadQueue {
  #waiting = new Map<string, Mark>();
  #writing = false;

  constructor(
    private readonly database: Database,
    private readonly following: Following,
    private readonly notices: Notices,
  ) {}

  /** Resolves when it is stored. A position past the channel's end counts as its end. */
  mark(right: Right, seq: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const key = `${right.personId} ${right.channelUid}`;
      const known = this.#waiting.get(key);
      if (known) known.seq = Math.max(known.seq, seq);
      const mark = known ?? { right, seq, settle: [] };
      mark.settle.push({ resolve, reject });
      this.#waiting.set(key, mark);
      if (!this.#writing) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting].slice(0, batchMax);
      for (const [key] of batch) this.#waiting.delete(key);
      const marks = batch.map(([, mark]) => mark);
      try {
        await this.#write(marks);
        for (const { settle } of marks) for (const { resolve } of settle) resolve();
      } catch (error) {
        for (const { settle } of marks) for (const { reject } of settle) reject(error);
      }
    }
    this.#writing = false;
  }

  async #write(marks: Mark[]): Promise<void> {
    const moved = await this.database.transaction(async (db) => {
      const rows = await db.query<{
        channelId: number;
        personId: number;
        seq: number;
        nr: number;
      }>(
        `insert into chat.member_state as s (channel_id, person_id, read_seq, read_nr)
       select c.resource_id, g.person_id, least(g.seq, c.last_seq),
           case when g.seq >= c.last_seq then c.last_nr else chat.nr_at(c.resource_id, g.seq) end
         from unnest($1::bigint[], $2::int[], $3::bigint[]) as g(channel_id, person_id, seq)
         join chat.channel c on c.resource_id = g.channel_id order by 1, 2
       on conflict (channel_id, person_id) do update
          set read_seq = excluded.read_seq, read_nr = greatest(s.read_nr, excluded.read_nr)
        where s.read_seq < excluded.read_seq
       returning channel_id::float8 as "channelId", person_id as "personId", read_seq::float8 as seq,
         read_nr::float8 as nr`,
        [
          marks.map(({ right }) => right.channelId),
          marks.map(({ right }) => right.personId),
          marks.map(({ seq }) => seq),
        ],
      );
      await tellRead(db, rows);
      return rows;
    });
    const uids = new Map(marks.map(({ right }) => [right.channelId, right.channelUid]));
    for (const { channelId, personId, seq, nr } of moved) {
      const uid = uids.get(channelId) as string;
      this.following.read(uid, personId, { seq, nr });
      this.notices.read(uid, personId, { seq, nr });
    }
  }
}

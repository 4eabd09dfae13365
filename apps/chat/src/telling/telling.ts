import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { happen, type Happening } from '@parvis/access/happenings';
import { Outbox } from '@parvis/server/outbox';
import type { MessagePosted } from '../message/posted-events.ts';

type MessageHappening = Extract<Happening, { what: 'message' }>;

/** Messages of one range that are looked at at once. */
const messagesMax = 1_000;

interface Row {
  readonly resourceId: number;
  readonly seq: number;
  readonly senderId: number;
  readonly threadSeq: number | null;
  readonly direct: boolean;
  readonly people: number[];
  readonly groups: number[];
  readonly everybody: boolean;
  readonly here: boolean;
  readonly followers: number[];
}

const query = `
select c.resource_id::float8 as "resourceId", m.seq::float8 as seq, m.sender_id as "senderId",
    m.thread_seq::float8 as "threadSeq", c.kind in ('direct', 'group') as direct,
    coalesce(n.people, '{}') as people, coalesce(n.groups, '{}') as groups,
    coalesce(n.everybody, false) as everybody, coalesce(n.here, false) as here,
    case when m.thread_seq is null then '{}' else array(
      select s.person_id from chat.thread_state s
       where s.channel_id = m.channel_id and s.root_seq = m.thread_seq and s.following
      union select r.sender_id from chat.message r where r.channel_id = m.channel_id and r.seq = m.thread_seq
        and not exists (select from chat.thread_state o where o.channel_id = r.channel_id and o.root_seq = r.seq
          and o.person_id = r.sender_id and not o.following)) end as followers
  from chat.channel c join chat.message m on m.channel_id = c.resource_id
  left join lateral (
    select array_agg(x.subject_id) filter (where x.kind = 'person') as people,
           array_agg(x.subject_id) filter (where x.kind = 'group') as groups,
           bool_or(x.kind = 'channel') as everybody, bool_or(x.kind = 'here') as here
      from chat.mention x where x.channel_id = m.channel_id and x.seq = m.seq) n on true
 where c.uid = $1 and m.seq > $2 and m.seq <= $3 and m.kind = 'message'
   and m.deleted_at is null and m.hidden_at is null
 order by m.seq limit ${messagesMax}`;

/** Whether a message concerns somebody in particular. */
function isAddressed(row: Row): boolean {
  return (
    row.direct ||
    row.threadSeq !== null ||
    row.everybody ||
    row.here ||
    row.people.length > 0 ||
    row.groups.length > 0
  );
}

function happeningOf({ resourceId, senderId, ...detail }: Row): MessageHappening {
  return { what: 'message', actorId: senderId, resourceId, detail };
}

/** Tells who has read which channel how far, in the transaction that says so. A thread is named by its root. */
export async function tellRead(
  db: Db,
  reads: readonly { channelId: number; personId: number; seq: number; threadSeq?: number }[],
): Promise<void> {
  if (reads.length === 0) return;
  await happen(db, {
    what: 'read',
    actorId: null,
    resourceId: null,
    detail: {
      reads: reads.map(({ channelId, personId, seq, threadSeq }) => [
        channelId,
        personId,
        seq,
        threadSeq ?? null,
      ]),
    },
  });
}

/**
 * Tells the house what was said, and to whom; never what. Of messages that are addressed to nobody only the last of a
 * moment is told: whoever wants to hear all of a channel hears that there is something.
 */
@Injectable()
export class Telling implements OnModuleInit {
  constructor(private readonly outbox: Outbox) {}

  onModuleInit(): void {
    this.outbox.on<MessagePosted>('message-posted', async ({ channels }, { db }) => {
      for (const range of channels) await this.#tell(db, range);
    });
  }

  async #tell(db: Db, { channelId, first, last }: MessagePosted['channels'][number]): Promise<void> {
    for (let after = first - 1; ; ) {
      const rows = await db.query<Row>(query, [channelId, after, last]);
      const plain = rows.findLast((row) => !isAddressed(row));
      await happen(db, ...rows.filter((row) => isAddressed(row) || row === plain).map(happeningOf));
      await this.#senders(db, rows);
      if (rows.length < messagesMax) return;
      after = rows.at(-1)?.seq ?? last;
    }
  }

  /** Who writes has read what came before. */
  async #senders(db: Db, rows: readonly Row[]): Promise<void> {
    const last = new Map(rows.map((row) => [`${row.senderId} ${row.threadSeq}`, row]));
    await tellRead(
      db,
      [...last.values()].map(({ resourceId, senderId, seq, threadSeq }) => ({
        channelId: resourceId,
        personId: senderId,
        seq,
        ...(threadSeq !== null && { threadSeq }),
      })),
    );
  }
}

import type { Db } from '@parvis/access/db';
import type { BesideHit, MessageHit } from '@parvis/contract/chat-search';
import type { Person } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { context, marked, type Sought, stemsIn } from '@parvis/server/stretches';
import type { Asked } from './asked.ts';
import { carriedBy, type Indexable, indexable } from './entries.ts';
import { plain } from './plain.ts';
import { visibleChannels } from './scope.ts';

/** A place in the log. */
export interface Place {
  readonly channelId: number;
  readonly seq: number;
  readonly at: Date;
  readonly channelUid: string;
}

/** Characters of a hit that are shown, and of what stands beside it. */
const textLengthMax = 280;
const besideLengthMax = 140;
/** Positions of the log before and after a hit among which its neighbours are looked for. */
const reach = 60;

interface Row extends Indexable {
  readonly channelUid: string;
  readonly channelTitle: string;
  readonly channelKind: string;
  readonly spaceTitle: string | null;
  readonly sender: Person | null;
  readonly before: Beside | null;
  readonly after: Beside | null;
}
interface Beside {
  readonly seq: number;
  readonly body: string;
  readonly sender: Person | null;
}

/** Whoever wrote a message and was erased since. */
const nobody: Person = {
  id: '00000000-0000-0000-0000-000000000000',
  name: '',
  kind: 'member',
  organisation: null,
};

const person = (alias: string) =>
  `case when ${alias}.uid is not null then json_build_object('id', ${alias}.uid, 'name', ${alias}.name, 'kind', ${alias}.kind,
    'organisation', ${alias}.organisation) end`;

/** The neighbour of a hit in its channel, or in its thread. */
const beside = (name: string, condition: string, order: string) => `left join lateral (
  select json_build_object('seq', b.seq, 'body', left(b.body, 1000), 'sender', ${person('q')}) as one
    from chat.message b left join access.person q on q.subject_id = b.sender_id
   where b.channel_id = m.channel_id and ${condition} and b.kind = 'message'
     and b.deleted_at is null and b.hidden_at is null
     and case when m.in_channel then b.in_channel else b.thread_seq = m.thread_seq or b.seq = m.thread_seq end
   order by b.seq ${order} limit 1) ${name} on true`;

function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  return `${text
    .slice(0, lengthMax)
    .replace(/\s+\S*$/, '')
    .toWellFormed()} …`;
}

function besideOf(one: Beside | null): BesideHit | null {
  if (one === null) return null;
  return { seq: one.seq, sender: one.sender ?? nobody, text: cut(plain(one.body), besideLengthMax) };
}

/** Messages that were found, read from the log, for who may see them; the order stays. */
export async function hitsOf(
  db: Db,
  caller: Caller,
  places: readonly Place[],
  question: Asked,
): Promise<MessageHit[]> {
  if (places.length === 0) return [];
  const rows = await db.query<Row>(
    `${visibleChannels}
     select ${indexable}, r.uid as "channelUid", 
            -- A conversation is called as its other people are.
            coalesce((select string_agg(o.name, ', ' order by o.name_key) from access.person o
                       where o.subject_id = any(string_to_array(c.people_key, ',')::int[]) and o.subject_id <> $1),
              r.title) as "channelTitle", c.kind as "channelKind",
            (select s.title from access.resource s where s.id = r.space_id and s.id = any(
              select unnest(tops) from mine)) as "spaceTitle",
            ${person('p')} as sender, earlier.one as before, later.one as after
       from unnest($2::bigint[], $3::bigint[]) with ordinality g (channel_id, seq, nr)
       join chat.message m on m.channel_id = g.channel_id and m.seq = g.seq
       join visible v on v.id = m.channel_id
       join access.resource r on r.id = v.id
       join chat.channel c on c.resource_id = r.id
       left join access.person p on p.subject_id = m.sender_id
       ${beside('earlier', `b.seq < m.seq and b.seq > m.seq - ${reach}`, 'desc')}
       ${beside('later', `b.seq > m.seq and b.seq < m.seq + ${reach}`, '')}
      where m.deleted_at is null and m.hidden_at is null
      order by g.nr`,
    [caller.id, places.map((one) => one.channelId), places.map((one) => one.seq)],
  );
  const sought: Sought = {
    stems: stemsIn(question.stems),
    prefix: question.half,
    count: question.count,
    seen: new Map(),
  };
  return rows.map((row) => {
    const text = plain(row.body);
    const found = text.length <= textLengthMax ? null : context([text], sought);
    return {
      channel: {
        id: row.channelUid,
        title: row.channelTitle,
        kind: row.channelKind,
        spaceTitle: row.spaceTitle,
      },
      seq: row.seq,
      at: row.at.toISOString(),
      sender: row.sender ?? nobody,
      threadSeq: row.threadSeq,
      text: found?.stretches ?? marked(cut(text, textLengthMax), sought),
      carries: carriedBy(row),
      before: besideOf(row.before),
      after: besideOf(row.after),
    };
  });
}

import type { Db } from '@parvis/access/db';
import type { ChannelKind } from '@parvis/contract/chat-place';

/** What an export covers: channels by their inner ids, and the one person whose words it is limited to. */
export interface Scope {
  readonly channelIds: readonly number[];
  readonly personId: number | null;
}

export interface SourceChannel {
  readonly id: number;
  readonly uid: string;
  readonly kind: ChannelKind;
  readonly title: string;
  readonly topic: string;
  readonly description: string;
  readonly spaceUid: string | null;
  readonly spaceTitle: string | null;
  /** Subject ids of those who are in it by name. */
  readonly people: number[];
}

export interface SourcePerson {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly organisation: string | null;
  readonly administrator: boolean;
  readonly disabledAt: Date | null;
}

export interface SourceFile {
  readonly id: string;
  readonly name: string;
}

/** A text that a message had before, and until when. */
export interface Original {
  readonly body: string;
  readonly until: string;
  readonly why: 'edited' | 'deleted' | 'channel-deleted';
}

export interface SourceMessage {
  readonly seq: number;
  readonly senderId: number;
  readonly threadSeq: number | null;
  readonly at: Date;
  readonly body: string;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly hiddenAt: Date | null;
  readonly pinned: boolean;
  readonly files: SourceFile[] | null;
  readonly originals: Original[] | null;
  readonly reactions: { personId: number; emoji: string; at: string }[] | null;
}

/** Messages read at once. */
const pageSize = 500;

/** Channels of the scope; one that was deleted under a hold is there by what the hold knows of it. */
export async function channelsOf(db: Db, { channelIds }: Scope): Promise<SourceChannel[]> {
  return db.query(
    `select c.resource_id::float8 as id, c.uid, c.kind, r.title, c.topic, c.description, s.uid as "spaceUid",
        s.title as "spaceTitle", coalesce((
          select array_agg(p.subject_id order by p.subject_id) from access.grant_ g
            join access.person p on p.subject_id = g.subject_id where g.resource_id = c.resource_id), '{}') as people
       from chat.channel c join access.resource r on r.id = c.resource_id
       left join access.resource s on s.id = r.space_id
      where c.resource_id = any($1::bigint[])
     union all
     select distinct on (h.channel_id) h.channel_id::float8, h.channel_uid, 'private', h.title, '', '', null::uuid,
        null::text, '{}'::int[]
       from chat.hold h where h.channel_id = any($1::bigint[])
        and not exists (select from chat.channel c where c.resource_id = h.channel_id)
      order by 1`,
    [channelIds],
  );
}

/** Everybody whom the posts and the channels of the scope name. */
export async function peopleOf(db: Db, { channelIds, personId }: Scope): Promise<SourcePerson[]> {
  return db.query(
    `with named as (
       select sender_id as id from chat.message where channel_id = any($1::bigint[]) and kind = 'message'
       union select sender_id from chat.held_original where channel_id = any($1::bigint[])
       union select person_id from chat.reaction where channel_id = any($1::bigint[])
       union select g.subject_id from access.grant_ g where g.resource_id = any($1::bigint[])
       union select m.person_id from chat.membership m where m.channel_id = any($1::bigint[]) and m.joined
       union select $2::int)
     select p.subject_id as id, p.uid, p.name, p.email, p.locale, p.organisation, p.administrator,
        p.disabled_at as "disabledAt"
       from access.person p join named on named.id = p.subject_id order by p.subject_id`,
    [channelIds, personId],
  );
}

/** Whether a row `m` is in the scope of one person: what they wrote, and what they answered. */
const ofPerson = `($2::int is null or m.sender_id = $2 or exists (
  select from chat.message a where a.channel_id = $1 and a.thread_seq = m.seq and a.sender_id = $2))`;

/** The messages of a channel, with those that only a hold kept, as rows `m`. */
const all = `(select m.channel_id, m.seq, m.sender_id, m.thread_seq, m.at, m.body, m.edited_at, m.deleted_at, m.hidden_at,
    m.pinned_at is not null as pinned, m.content from chat.message m where m.channel_id = $1 and m.kind = 'message'
  union all
  (select distinct on (o.seq) o.channel_id, o.seq, o.sender_id, o.thread_seq, o.at, '', null::timestamptz, o.kept_at,
      null::timestamptz, false, o.content
     from chat.held_original o where o.channel_id = $1
      and not exists (select from chat.message t where t.channel_id = o.channel_id and t.seq = o.seq)
    order by o.seq, o.id desc)) m`;

const columns = `m.seq::float8 as seq, m.sender_id as "senderId", m.thread_seq::float8 as "threadSeq", m.at, m.body,
  m.edited_at as "editedAt", m.deleted_at as "deletedAt", m.hidden_at as "hiddenAt", m.pinned,
  coalesce(m.content, (select h.content from chat.held_original h where h.channel_id = m.channel_id and h.seq = m.seq
    order by h.id desc limit 1)) -> 'files' as files,
  (select jsonb_agg(jsonb_build_object('body', k.body, 'until', k.until, 'why', k.why) order by k.until) from (
    select distinct on (t.body) t.body, t.until, t.why from (
      select h.body, h.kept_at as until, h.why from chat.held_original h where h.channel_id = m.channel_id and h.seq = m.seq
      union all
      select v.body, v.until, 'edited' from chat.revision v where v.channel_id = m.channel_id and v.seq = m.seq) t
     order by t.body, t.why = 'edited', t.until desc) k) as originals,
  (select jsonb_agg(jsonb_build_object('personId', x.person_id, 'emoji', x.emoji, 'at', x.at) order by x.at, x.emoji)
     from chat.reaction x where x.channel_id = m.channel_id and x.seq = m.seq) as reactions`;

/** What a channel shows by itself, in order, page by page: messages without those that answer another. */
export async function* roots(
  db: Db,
  channelId: number,
  personId: number | null,
): AsyncGenerator<SourceMessage[]> {
  for (let after = 0; ; ) {
    const page = await db.query<SourceMessage>(
      `select ${columns} from ${all} where m.seq > $3 and m.thread_seq is null and ${ofPerson} order by m.seq limit ${pageSize}`,
      [channelId, personId, after],
    );
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.seq ?? after;
  }
}

/** The answers to some messages, in order. */
export async function answersTo(
  db: Db,
  channelId: number,
  personId: number | null,
  seqs: readonly number[],
): Promise<SourceMessage[]> {
  return db.query(
    `select ${columns} from ${all} where m.thread_seq = any($3::bigint[]) and ($2::int is null or m.sender_id = $2)
      order by m.seq`,
    [channelId, personId, seqs],
  );
}

/** Every file that the messages of the scope carry or carried, once. */
export async function filesOf(db: Db, { channelIds, personId }: Scope): Promise<SourceFile[]> {
  return db.query(
    `select distinct on (f ->> 'id') f ->> 'id' as id, f ->> 'name' as name from (
       select content, sender_id from chat.message where channel_id = any($1::bigint[]) and content ? 'files'
       union all
       select content, sender_id from chat.held_original where channel_id = any($1::bigint[]) and content ? 'files') m
      cross join lateral jsonb_array_elements(m.content -> 'files') f
      where $2::int is null or m.sender_id = $2`,
    [channelIds, personId],
  );
}

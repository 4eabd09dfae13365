import type { Mention, Message, Quote } from '@parvis/contract/chat-entry';
import { reactionPeopleMax, threadPeopleMax } from '@parvis/contract/limits';
import type { Person } from '@parvis/contract/shape';

/** What a message carries besides its text, as it is kept: in the shapes of the wire, except for what it quotes. */
export interface MessageContent {
  readonly mentions?: readonly Mention[];
  readonly files?: Message['files'];
  /** `here` when it is of the same channel: whoever reads the one may read the other. */
  readonly quote?: { readonly channelId: string; readonly seq: number; readonly here: boolean };
  readonly poll?: NonNullable<Message['poll']>;
  readonly previews?: Message['previews'];
  readonly via?: NonNullable<Message['via']>;
}

/** Whoever wrote a message and was erased since. */
const nobody: Person = {
  id: '00000000-0000-0000-0000-000000000000',
  name: '',
  kind: 'member',
  organisation: null,
};

export interface StateRow {
  readonly messageSeq: number;
  readonly clientId: string;
  readonly body: string;
  readonly messageAt: Date;
  readonly sender: Person | null;
  readonly threadSeq: number | null;
  readonly inChannel: boolean;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly hidden: boolean;
  readonly pinnedBy: Person | null;
  readonly content: MessageContent | null;
  readonly changedSeq: number;
  readonly reactions: Message['reactions'] | null;
  readonly thread: { replies: number; lastSeq: number; lastAt: string; people: Person[] } | null;
  readonly quoted: { sender: Person | null; at: string; body: string | null } | null;
}

/** A person as the wire tells them, or null, from a table of people. */
export function personSql(alias: string): string {
  return `case when ${alias}.uid is not null then jsonb_build_object('id', ${alias}.uid, 'name', ${alias}.name,
    'kind', case ${alias}.kind when 'member' then 'member' else 'guest' end, 'organisation', ${alias}.organisation)
    || case ${alias}.kind when 'bot' then jsonb_build_object('bot', true) else '{}' end end`;
}

/**
 * The state of the message `m`, whose sender is the person `p`. What nothing ever changed has neither reactions nor
 * answers: most messages cost one row.
 */
export const stateColumns = `m.seq::float8 as "messageSeq", m.client_id as "clientId", m.body, m.at as "messageAt",
  ${personSql('p')} as sender, m.thread_seq::float8 as "threadSeq", m.in_channel as "inChannel",
  m.edited_at as "editedAt", m.deleted_at as "deletedAt", m.hidden_at is not null as hidden, m.content,
  coalesce(m.changed_seq, m.seq)::float8 as "changedSeq",
  case when m.pinned_by is not null then
    (select ${personSql('b')} from access.person b where b.subject_id = m.pinned_by) end as "pinnedBy",
  case when m.changed_seq is not null then (
    select jsonb_agg(jsonb_build_object('emoji', r.emoji, 'count', r.count, 'people', r.people) order by r.first, r.emoji)
      from (select x.emoji, count(*)::int as count, min(x.at) as first,
              (array_agg(b.uid order by x.at, x.person_id))[1:${reactionPeopleMax}] as people
              from chat.reaction x join access.person b on b.subject_id = x.person_id
             where x.channel_id = m.channel_id and x.seq = m.seq group by x.emoji) r) end as reactions,
  case when m.changed_seq is not null then (
    select jsonb_build_object('replies', t.replies, 'lastSeq', t.last_seq, 'lastAt', t.last_at, 'people', coalesce((
        select jsonb_agg(${personSql('b')} order by u.nr) from unnest(t.people[1:${threadPeopleMax}])
          with ordinality as u(id, nr) join access.person b on b.subject_id = u.id), '[]'))
      from chat.thread t where t.channel_id = m.channel_id and t.root_seq = m.seq and t.replies > 0) end as thread,
  case when (m.content -> 'quote' ->> 'here')::boolean then (
    select jsonb_build_object('sender', ${personSql('b')}, 'at', q.at,
        'body', case when q.deleted_at is null and q.hidden_at is null then q.body end)
      from chat.message q left join access.person b on b.subject_id = q.sender_id
     where q.channel_id = m.channel_id and q.seq = (m.content -> 'quote' ->> 'seq')::bigint) end as quoted`;

const iso = (at: Date | null) => at?.toISOString() ?? null;

function quoteOf({ content, quoted }: StateRow): Quote | null {
  const quote = content?.quote;
  if (!quote) return null;
  return {
    channelId: quote.channelId,
    seq: quote.seq,
    sender: quoted?.sender ?? null,
    at: quoted ? new Date(quoted.at).toISOString() : null,
    body: quoted?.body ?? null,
  };
}

/** The state of a message for the wire. What was deleted or hidden is not in it, whoever asks. */
export function stateOf(channelUid: string, row: StateRow): Message {
  const there = row.deletedAt === null && !row.hidden;
  const content = (there ? row.content : null) ?? {};
  const { thread } = row;
  return {
    channelId: channelUid,
    seq: row.messageSeq,
    clientId: row.clientId,
    sender: row.sender ?? nobody,
    at: row.messageAt.toISOString(),
    body: there ? row.body : '',
    threadSeq: row.threadSeq,
    inChannel: row.inChannel,
    editedAt: iso(row.editedAt),
    deletedAt: iso(row.deletedAt),
    hidden: row.hidden,
    pinnedBy: row.pinnedBy,
    reactions: row.reactions ?? [],
    thread: thread ? { ...thread, lastAt: new Date(thread.lastAt).toISOString() } : null,
    mentions: [...(content.mentions ?? [])],
    files: content.files ?? [],
    quote: there ? quoteOf(row) : null,
    poll: content.poll ?? null,
    previews: content.previews ?? [],
    via: content.via ?? null,
    changedSeq: row.changedSeq,
  };
}

/** A message that was stored just now: nothing has changed it yet, and it carries nothing but its text. */
export function plainState(
  channelUid: string,
  sender: Person,
  given: { seq: number; clientId: string; body: string; at: Date },
): Message {
  return {
    channelId: channelUid,
    seq: given.seq,
    clientId: given.clientId,
    sender,
    at: given.at.toISOString(),
    body: given.body,
    threadSeq: null,
    inChannel: true,
    editedAt: null,
    deletedAt: null,
    hidden: false,
    pinnedBy: null,
    reactions: [],
    thread: null,
    mentions: [],
    files: [],
    quote: null,
    poll: null,
    previews: [],
    via: null,
    changedSeq: given.seq,
  };
}

/** Who did something, also when they were erased since. */
export function personOrNobody(person: Person | null): Person {
  return person ?? nobody;
}

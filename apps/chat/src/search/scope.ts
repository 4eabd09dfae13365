import type { Db } from '@parvis/access/db';
import { likePattern, searchKey } from '@parvis/access/titles';
import type { Query } from '@parvis/contract/chat-query';
import type { SearchHint } from '@parvis/contract/chat-search';

/** The channels that a question looks into, for one person in this moment. */
export interface Channels {
  readonly ids: number[];
  /** After which position to look in each. */
  readonly afters: number[];
  /** Entries of their logs, all together. */
  readonly size: number;
}

export interface Narrowing {
  readonly personId: number;
  readonly query: Query;
  readonly channelId: string | undefined;
  readonly spaceId: string | undefined;
}

/**
 * Channels that a person may see now and that are not in the trash, before anything narrows them: the trees that were
 * granted to them, and what was granted alone. A channel is always the root of its own rights.
 */
export const visibleChannels = `with mine as materialized (select tops, extra from access.scope_of($1)),
  visible as materialized (
    select r.id from access.resource r
     where r.kind = 'channel' and r.trash_id is null and r.top_id in (select unnest(tops) from mine)
    union
    select r.id from access.resource r
     where r.kind = 'channel' and r.trash_id is null and r.id in (select unnest(extra) from mine))`;

/** Kinds of channels that are no place but people. */
const directKinds = `('direct', 'group')`;

/** Channels to look into, and what `in:` named in vain. */
export async function channelsFor(
  db: Db,
  { personId, query, channelId, spaceId }: Narrowing,
): Promise<{ channels: Channels; hints: SearchHint[] }> {
  const params: unknown[] = [personId];
  const narrowed: string[] = [];
  if (channelId !== undefined) narrowed.push(`r.uid = $${params.push(channelId)}`);
  if (spaceId !== undefined)
    narrowed.push(`r.space_id = (select s.id from access.resource s where s.uid = $${params.push(spaceId)})`);
  const named = (text: string) => {
    const key = searchKey(text);
    return `(r.title_key = $${params.push(key)} or r.title_key like $${params.push(`${likePattern(key)}%`)}
      or r.uid::text = $${params.push(text.toLowerCase())})`;
  };
  const wanted = query.in.filter(({ not }) => !not);
  if (wanted.length > 0) narrowed.push(`(${wanted.map(({ text }) => named(text)).join(' or ')})`);
  for (const { text, not } of query.in) if (not) narrowed.push(`not ${named(text)}`);
  for (const { what, not } of query.is) {
    if (what === 'dm') narrowed.push(`c.kind ${not ? 'not in' : 'in'} ${directKinds}`);
    if (what === 'unread' && !not) narrowed.push('c.last_seq > coalesce(s.read_seq, 0)');
  }
  const unread = query.is.some(({ what, not }) => what === 'unread' && !not);
  const [row] = await db.query<{ ids: number[] | null; afters: number[] | null; size: number }>(
    `${visibleChannels}
     select array_agg(r.id)::float8[] as ids, array_agg(${unread ? 'coalesce(s.read_seq, 0)' : '0'})::float8[] as afters,
            coalesce(sum(c.last_seq${unread ? ' - coalesce(s.read_seq, 0)' : ''}), 0)::float8 as size
       from visible v join access.resource r on r.id = v.id join chat.channel c on c.resource_id = r.id
       left join chat.member_state s on s.channel_id = r.id and s.person_id = $1
      where ${['true', ...narrowed].join(' and ')}`,
    params,
  );
  const ids = row?.ids ?? [];
  const nowhere = wanted.length > 0 && ids.length === 0;
  return {
    channels: { ids, afters: row?.afters ?? [], size: row?.size ?? 0 },
    hints: nowhere ? wanted.map(({ text }) => ({ what: 'nowhere' as const, text })) : [],
  };
}

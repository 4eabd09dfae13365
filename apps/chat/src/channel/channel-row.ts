import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import type { Channel } from '@parvis/contract/chat';
import type { ChannelKind } from '@parvis/contract/chat-place';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';

/** A channel's own row, for whoever is about to change something of it. */
export interface ChannelToChange {
  readonly kind: ChannelKind;
  readonly topic: string;
  readonly archived: boolean;
  readonly forEveryone: boolean;
  readonly slowSeconds: number;
  readonly retentionDays: number | null;
}

/** Locks the row until the transaction ends, so that two changes take turns; null when it is gone. */
async function channelForChange(db: Db, id: number): Promise<ChannelToChange | null> {
  const [row] = await db.query<ChannelToChange>(
    `select kind, topic, archived_at is not null as archived, for_everyone as "forEveryone",
        slow_seconds as "slowSeconds", retention_days as "retentionDays"
       from chat.channel where resource_id = $1 for no key update`,
    [id],
  );
  return row ?? null;
}

/** A channel as the caller sees it, and its row, locked. @throws Refused `not-found` */
export async function loadForChange(
  db: Db,
  caller: Caller,
  uid: string,
): Promise<{ seen: Seen; channel: ChannelToChange }> {
  const seen = await load(db, caller, uid, { kind: 'channel' });
  const channel = seen === null ? null : await channelForChange(db, seen.id);
  if (seen === null || channel === null) throw Refused.notFound();
  return { seen, channel };
}

/** A conversation has no name, no managers and no way in or out: it is its people. */
export function isConversation(kind: ChannelKind): kind is 'direct' | 'group' {
  return kind === 'direct' || kind === 'group';
}

/** The kind as clients know it: those of the first release know no conversations, and they are private. */
export function kindOf(kind: ChannelKind): Pick<Channel, 'channelKind' | 'conversation'> {
  return isConversation(kind)
    ? { channelKind: 'private', conversation: kind }
    : { channelKind: kind, conversation: null };
}

/**
 * SQL: how many messages of the channel `c` mention a person (subject id $1), one of their groups or everybody, and lie
 * after what they have read there (`s`). Those in a thread are told of with the thread.
 */
export const unreadMentions = `(select count(distinct n.seq)::int from chat.mention n
   where n.channel_id = c.resource_id and n.seq > coalesce(s.read_seq, 0) and n.thread_seq is null
     and (n.kind in ('channel', 'here') or n.subject_id = any(access.subjects_of($1))))`;

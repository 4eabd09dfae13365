/**
 * SQL: how many answers of the thread `s` (chat.thread_state) mention a person (subject id $1), one of their groups or
 * everybody, and lie after what they have read there.
 */
export const threadMentions = `(select count(distinct n.seq)::int from chat.mention n
   where n.channel_id = s.channel_id and n.thread_seq = s.root_seq and n.seq > s.read_seq
     and (n.kind in ('channel', 'here') or n.subject_id = any(access.subjects_of($1))))`;

/**
 * SQL of one row: the threads that a person (subject id $1) follows with answers that are new to them, and how many of
 * those answers mention them. `visible` says which channels `r` they may see.
 */
export function threadCounts(visible: string): string {
  return `select count(*)::int as unread, coalesce(sum(u.mentions), 0)::int as mentions from (
    select ${threadMentions} as mentions from chat.thread_state s join chat.thread t using (channel_id, root_seq)
      join access.resource r on r.id = s.channel_id
     where s.person_id = $1 and s.following and t.last_seq > s.read_seq and ${visible}) u`;
}

/**
 * What the person whose subject id is the first parameter made of a channel `c`, as `mine` and `wish`; all null for
 * nothing yet.
 */
export const place = `left join chat.membership mine
    on mine.channel_id = c.resource_id and mine.person_id = $1
  left join access.level wish on wish.resource_id = c.resource_id and wish.person_id = $1`;

/** SQL that is true when that person wants to hear nothing of the channel. */
export const isMuted = `coalesce(wish.level = 'none', false)`;

/**
 * SQL that is true when a channel `c` stands in the column of the person of {@link place}, given that they may read it:
 * whoever may read a private channel or a conversation is in it.
 */
export const isJoined = `(c.kind not in ('public', 'announcements') or coalesce(mine.joined, c.for_everyone))`;

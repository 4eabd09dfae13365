import type { Db } from './db.ts';

/** The database's clock in milliseconds since 1970, and whether a right came to its end since it was asked before. */
export interface Ends {
  readonly at: number;
  readonly ended: boolean;
}

/**
 * Whether a grant, a person, a bot's token or a link's key ended after `since` (the `at` of the answer before; null the first time).
 * Nobody writes anything when a right ends by the clock, so that nobody is told of it: whoever keeps something open asks.
 */
export async function endsSince(db: Db, since: number | null): Promise<Ends> {
  const [row] = await db.query<{ at: number; ended: boolean }>(
    `with n as (select date_trunc('milliseconds', now()) as at, to_timestamp($1::float8 / 1000) as since)
     select (extract(epoch from n.at) * 1000)::float8 as at, $1::float8 is not null and (
         exists (select from access.grant_ where expires_at > n.since and expires_at <= n.at)
         or exists (select from access.person where ends_at > n.since and ends_at <= n.at)
         or exists (select from access.bot_token where expires_at > n.since and expires_at <= n.at)
         or exists (select from access.link_key where expires_at > n.since and expires_at <= n.at)) as ended
       from n`,
    [since],
  );
  if (!row) throw new Error('the database does not tell the time');
  return row;
}

import { Injectable } from '@nestjs/common';
import { atLeast } from '@parvis/access/roles';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import type { Right } from '../live/rights.ts';

/** What is asked of a send: who sends, and what its client calls it. */
interface Sent {
  readonly clientId: string;
}

/**
 * Slow mode: the least time between two messages of one person in a channel. Who writes next is decided in the
 * database, so that two tabs on two processes are one person; sending the same message again is no second one.
 */
@Injectable()
export class SlowMode {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Why the holder of this right has to wait, or null: then the moment is theirs. Channels without it cost nothing. */
  async refusalFor({ clientId }: Sent, right: Right): Promise<Refused | null> {
    if (right.slowSeconds === 0 || atLeast(right.role, 'manager')) return null;
    const mine = await this.#database.db.query<{ at: Date }>(
      `insert into chat.slow_send as s (channel_id, person_id, client_id, at) values ($1, $2, $3, now())
       on conflict (channel_id, person_id) do update set client_id = excluded.client_id,
         at = case when s.client_id = excluded.client_id then s.at else excluded.at end
        where s.client_id = excluded.client_id or s.at <= now() - make_interval(secs => $4)
       returning at`,
      [right.channelId, right.personId, clientId, right.slowSeconds],
    );
    return mine.length > 0 ? null : new Refused(429, 'slow-mode');
  }
}

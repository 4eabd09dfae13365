import { availableParallelism } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { Listening } from '@parvis/contract/meet-transcript';
import { Refused } from '@parvis/server/refused';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { settings } from '../settings.ts';

/** How many pictures this house records at once, and whether it can at all. */
@Injectable()
export class Pictures {
  readonly #max: number;

  constructor(@Inject(SETTINGS) set: ServiceSettings<typeof settings>) {
    this.#max = set.chromium === undefined ? 0 : (set.picturesMax ?? availableParallelism());
  }

  async state(db: Db): Promise<Listening['picture']> {
    if (this.#max === 0) return 'off';
    const [running] = await db.query<{ count: number }>(
      `select count(*)::int as count from meet.recording where picture and state in ('asked', 'on')`,
    );
    return (running?.count ?? 0) < this.#max ? 'ready' : 'busy';
  }

  /** Holds the last place until the caller's transaction ends. @throws Refused `picture-off`, `picture-busy` */
  async take(db: Db): Promise<void> {
    await db.query(`select pg_advisory_xact_lock(hashtextextended('meet.picture', 0))`);
    const state = await this.state(db);
    if (state === 'off') throw Refused.unavailable('picture-off');
    if (state === 'busy') throw Refused.conflict('picture-busy');
  }
}

import { Controller } from '@nestjs/common';
import { getStatus, setStatus, type Status } from '@parvis/contract/presence';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Asks, Input, Serves } from '@parvis/server/serves';
import { News } from '../live/news.ts';
import { Presences } from './presences.ts';

/** What people say of themselves; one that says nothing is taken back. */
@Controller()
export class StatusController {
  constructor(
    private readonly database: Database,
    private readonly presences: Presences,
    private readonly news: News,
  ) {}

  @Serves(getStatus)
  async get(@Asks() caller: Caller) {
    return { status: (await this.presences.statuses(this.database.db, [caller.id])).get(caller.id) ?? null };
  }

  @Serves(setStatus)
  async set(@Asks() caller: Caller, @Input(setStatus) { status }: InputOf<typeof setStatus>) {
    if (status === null || (status.emoji === '' && status.text === '')) {
      await this.database.db.query('delete from notify.status where person_id = $1', [caller.id]);
    } else await this.#keep(caller, status);
    await this.news.present([caller.id]);
    return this.get(caller);
  }

  async #keep(caller: Caller, { emoji, text, until }: Status): Promise<void> {
    await this.database.db.query(
      `insert into notify.status (person_id, emoji, text, until) values ($1, $2, $3, $4)
       on conflict (person_id) do update set emoji = excluded.emoji, text = excluded.text, until = excluded.until`,
      [caller.id, emoji, text, until],
    );
  }
}

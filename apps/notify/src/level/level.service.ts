import { Injectable } from '@nestjs/common';
import { chooseLevel } from '@parvis/access/levels';
import { load, roles } from '@parvis/access/read';
import { pageSizeMax } from '@parvis/contract/limits';
import type {
  changeNotifySettings,
  getNotifySettings,
  Level,
  listLevels,
  NotifySettings,
  setLevel,
} from '@parvis/contract/notify-settings';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { DigestService } from '../digest/digest.service.ts';
import { News } from '../live/news.ts';
import { usualSettings, Wishes } from './wishes.ts';

export interface Chosen {
  readonly level: Level | null;
  readonly usual: Level;
}

/** What a person wants to hear, and when. */
@Injectable()
export class LevelService {
  constructor(
    private readonly database: Database,
    private readonly wishes: Wishes,
    private readonly digests: DigestService,
    private readonly news: News,
  ) {}

  async settings(caller: Caller): Promise<OutputOf<typeof getNotifySettings>> {
    return { settings: await this.#settingsOf(caller), mail: this.digests.sends };
  }

  async #settingsOf(caller: Caller): Promise<NotifySettings> {
    return (await this.wishes.settings(this.database.db, [caller.id])).get(caller.id) ?? usualSettings;
  }

  async change(caller: Caller, change: InputOf<typeof changeNotifySettings>): Promise<NotifySettings> {
    const next = { ...(await this.#settingsOf(caller)), ...change };
    const { level, desktop, push, digest, quietHours, quietUntil, timeZone } = next;
    await this.database.db.query(
      `insert into notify.setting as old
         (person_id, level, desktop, push, digest, quiet_from, quiet_to, quiet_days, quiet_until, time_zone)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (person_id) do update set level = excluded.level, desktop = excluded.desktop, push = excluded.push,
         digest = excluded.digest, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
         quiet_days = excluded.quiet_days, quiet_until = excluded.quiet_until, time_zone = excluded.time_zone`,
      [
        caller.id,
        level,
        desktop,
        push,
        digest,
        quietHours?.from ?? null,
        quietHours?.to ?? null,
        quietHours?.days ?? null,
        quietUntil,
        timeZone,
      ],
    );
    // Whoever wants quiet is shown as busy.
    await this.news.present([caller.id]);
    return next;
  }

  async list(caller: Caller): Promise<OutputOf<typeof listLevels>> {
    const { db } = this.database;
    const rows = await db.query<{ id: string; title: string; level: Level }>(
      `select r.uid as id, r.title, l.level from access.level l join access.resource r on r.id = l.resource_id
        where l.person_id = $1 order by r.title_key limit ${pageSizeMax}`,
      [caller.id],
    );
    const seen = await roles(
      db,
      caller,
      rows.map(({ id }) => id),
    );
    return { channels: rows.filter(({ id }) => seen.has(id)) };
  }

  /** @throws Refused `not-found` for strangers */
  async of(caller: Caller, id: string): Promise<Chosen> {
    const channel = await load(this.database.db, caller, id, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    const wish = (await this.wishes.of(this.database.db, [caller.id], channel.id))(caller.id);
    return { level: wish.level, usual: wish.settings.level };
  }

  /** @throws Refused `not-found` for strangers */
  async choose(caller: Caller, { id, level }: InputOf<typeof setLevel>): Promise<Chosen> {
    const { db } = this.database;
    const channel = await load(db, caller, id, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    await chooseLevel(db, { personId: caller.id, resourceId: channel.id }, level);
    return this.of(caller, id);
  }
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { Level, NotifySettings } from '@parvis/contract/notify-settings';

/** What holds for whoever changed nothing; the table's defaults say the same. */
export const usualSettings: NotifySettings = {
  level: 'mentions',
  desktop: true,
  push: true,
  digest: 'daily',
  quietHours: null,
  quietUntil: null,
  timeZone: 'Europe/Paris',
};

interface SettingRow {
  readonly personId: number;
  readonly level: NotifySettings['level'];
  readonly desktop: boolean;
  readonly push: boolean;
  readonly digest: NotifySettings['digest'];
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly quietDays: number[] | null;
  readonly quietUntil: Date | null;
  readonly timeZone: string;
}

function settingsOf(row: SettingRow): NotifySettings {
  const { level, desktop, push, digest, quietFrom, quietTo, quietDays, quietUntil, timeZone } = row;
  const hours =
    quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo, days: quietDays ?? [] };
  return {
    level,
    desktop,
    push,
    digest,
    quietHours: hours,
    quietUntil: quietUntil?.toISOString() ?? null,
    timeZone,
  };
}

/** What one person wants to hear of one thing. */
export interface Wish {
  readonly settings: NotifySettings;
  readonly level: Level | null;
}

/** Reads what people want to hear. */
@Injectable()
export class Wishes {
  async settings(db: Db, people: readonly number[]): Promise<Map<number, NotifySettings>> {
    const rows = await db.query<SettingRow>(
      `select person_id as "personId", level, desktop, push, digest, quiet_from as "quietFrom", quiet_to as "quietTo",
          quiet_days as "quietDays", quiet_until as "quietUntil", time_zone as "timeZone"
         from notify.setting where person_id = any($1::int[])`,
      [people],
    );
    return new Map(rows.map((row) => [row.personId, settingsOf(row)]));
  }

  /** Resolves to the wish of each of these people about one thing. */
  async of(db: Db, people: readonly number[], resourceId: number): Promise<(personId: number) => Wish> {
    const settings = await this.settings(db, people);
    const rows = await db.query<{ personId: number; level: Level }>(
      `select person_id as "personId", level from access.level
        where resource_id = $1 and person_id = any($2::int[])`,
      [resourceId, people],
    );
    const levels = new Map(rows.map(({ personId, level }) => [personId, level]));
    return (personId) => ({
      settings: settings.get(personId) ?? usualSettings,
      level: levels.get(personId) ?? null,
    });
  }
}

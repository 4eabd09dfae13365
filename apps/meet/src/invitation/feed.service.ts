import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { peopleByIds } from '@parvis/access/people';
import { load } from '@parvis/access/read';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import type { getCalendarFeed, makeCalendarFeed } from '@parvis/contract/meet-schedule';
import type { OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Callers } from '@parvis/server/callers';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { eventOf, occurrencesOf, type PlanRow, planOf, stretchesOf } from '../schedule/rows.ts';
import type { settings } from '../settings.ts';
import { calendarText, type HeldEvent } from './ics.ts';
import { linkTo } from './link.ts';
import { words } from './words.ts';

const secretBytes = 32;
/** Meetings of one calendar, the newest first; days for which those that are over stay in it. */
const feedSizeMax = 500;
const pastDays = 90;
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Calendars outside the house: a file of one meeting, and an address under which all of somebody's are read. */
@Injectable()
export class FeedService {
  constructor(
    private readonly database: Database,
    private readonly callers: Callers,
    @Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>,
  ) {}

  async known(caller: Caller): Promise<OutputOf<typeof getCalendarFeed>> {
    const [row] = await this.database.db.query<{ since: Date }>(
      'select since from meet.feed where person_id = $1',
      [caller.id],
    );
    return { since: row?.since.toISOString() ?? null };
  }

  make(caller: Caller): Promise<OutputOf<typeof makeCalendarFeed>> {
    const secret = randomBytes(secretBytes).toString('base64url');
    return this.database.transaction(async (db) => {
      const [row] = await db.query<{ since: Date }>(
        `insert into meet.feed (person_id, secret) values ($1, $2)
         on conflict (person_id) do update set secret = excluded.secret, since = now() returning since`,
        [caller.id, hashOf(secret)],
      );
      if (!row) throw new Error('the address was not kept');
      await audit(db, { actorId: caller.id, action: 'calendar.opened', detail: {} });
      return { path: `/api/meet/calendars/${secret}.ics`, since: row.since.toISOString() };
    });
  }

  end(caller: Caller): Promise<typeof done> {
    return this.database.transaction(async (db) => {
      await db.query('delete from meet.feed where person_id = $1', [caller.id]);
      await audit(db, { actorId: caller.id, action: 'calendar.closed', detail: {} });
      return done;
    });
  }

  /** All that the owner of the address may see now. @throws Refused `not-found` */
  async calendar(secret: string): Promise<string> {
    const { db } = this.database;
    const [row] = await db.query<{ id: number }>('select person_id as id from meet.feed where secret = $1', [
      hashOf(secret),
    ]);
    const caller = row ? await this.callers.inAbsence(row.id) : null;
    if (caller === null) throw Refused.notFound();
    const visible = visibleTo(await scopeOf(db, caller), 'r', 1);
    const rows = await db.query<{ id: number }>(
      `select p.meeting_id::float8 as id from meet.plan p join access.resource r on r.id = p.meeting_id
        where ${visible.sql} and ${shown('r')} and exists (
          select from meet.occurrence o where o.meeting_id = p.meeting_id and o.cancelled_at is null
             and o.ends_at > now() - make_interval(days => ${pastDays}))
        order by p.created_at desc limit ${feedSizeMax}`,
      visible.params,
    );
    const held: HeldEvent[] = [];
    for (const { id } of rows) {
      const plan = await planOf(db, id);
      if (plan !== null) held.push(...(await this.#held(db, plan, caller)));
    }
    return calendarText({ name: words[caller.locale].calendar, at: new Date() }, held);
  }

  /** One meeting as a file. @throws Refused `not-found`, also for one that was never scheduled */
  async file(caller: Caller, id: string): Promise<string> {
    const { db } = this.database;
    const seen = await load(db, caller, id, { kind: 'meeting' });
    const plan = seen === null ? null : await planOf(db, seen.id);
    if (plan === null) throw Refused.notFound();
    return calendarText({ at: new Date() }, await this.#held(db, plan, caller));
  }

  async #held(db: Db, plan: PlanRow, { locale }: Pick<Caller, 'locale'>): Promise<HeldEvent[]> {
    const [stretches, occurrences, [person], link] = await Promise.all([
      stretchesOf(db, plan.id),
      occurrencesOf(db, plan.id),
      peopleByIds(db, [plan.organiserId]),
      linkTo(db, this.set.publicUrl, plan.uid),
    ]);
    const organiser = person ? { name: person.name, address: person.email } : null;
    return stretches
      .filter(({ id }) => occurrences.some((one) => one.stretchId === id && one.cancelledAt === null))
      .map((stretch) => ({
        event: eventOf(plan, stretch, occurrences),
        organiser,
        link,
        joinWords: words[locale].joinAt,
      }));
  }
}

import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import { createResource, rename } from '@parvis/access/tree';
import type {
  answerMeeting,
  cancelOccurrence,
  changePlan,
  MeetingPlan,
  moveOccurrence,
  scheduleMeeting,
} from '@parvis/contract/meet-schedule';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { placeOf } from '../meeting/place.ts';
import { invite } from './invited.ts';
import { planAsSeen } from './present.ts';
import {
  occurrencesOf,
  type OccurrenceRow,
  peopleInvited,
  planOf,
  type PlanRow,
  stretchesOf,
} from './rows.ts';
import { PlanNews } from './news.ts';
import { addStretch, continued, endFrom, type Gone, timesOf, type When } from './times.ts';
import { instantOf } from './zone.ts';

const minuteMs = 60_000;

interface Loaded {
  readonly seen: Seen;
  readonly plan: PlanRow;
}

/** Scheduled meetings: when they are held and who is invited. Whoever is concerned hears of it, inside and outside. */
@Injectable()
export class PlanService {
  constructor(
    private readonly database: Database,
    private readonly news: PlanNews,
  ) {}

  /** @throws Refused `not-found`, `not-allowed`, `meeting-time-past`, `repeat-too-long`, `repeat-empty` */
  schedule(caller: Caller, input: InputOf<typeof scheduleMeeting>): Promise<MeetingPlan> {
    const when: When = { ...input, zone: input.timeZone };
    timesOf(when);
    return this.database.transaction(async (db) => {
      const { title, access, encrypted, channelId, documentId } = input;
      const place = await placeOf(db, caller, input);
      const meeting = await createResource(db, {
        kind: 'meeting',
        title,
        ownerId: caller.id,
        ...(place === null ? {} : { parentUid: place.uid }),
      });
      await db.query(
        `insert into meet.meeting (resource_id, uid, access, encrypted, channel_id, notes_id)
         values ($1, $2, $3, $4, $5, $6)`,
        [meeting.id, meeting.uid, access, encrypted, channelId, documentId],
      );
      await db.query('insert into meet.plan (meeting_id, organiser_id, description) values ($1, $2, $3)', [
        meeting.id,
        caller.id,
        input.description,
      ]);
      await addStretch(db, meeting.id, when, null);
      const { added } = await invite(db, meeting, input, caller.id);
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.scheduled',
        resourceId: meeting.id,
        detail: {},
      });
      const loaded = await this.#loaded(db, caller, meeting.uid);
      await this.news.added(db, caller, loaded.plan, added);
      return planAsSeen(db, caller, loaded);
    });
  }

  /** @throws Refused `not-found`, also for a meeting that was never scheduled */
  async one(caller: Caller, id: string): Promise<MeetingPlan> {
    const { db } = this.database;
    return planAsSeen(db, caller, await this.#loaded(db, caller, id));
  }

  /** @throws Refused `not-found`, `not-allowed`, `meeting-ended`, and what a rule may be refused for */
  change(caller: Caller, input: InputOf<typeof changePlan>): Promise<MeetingPlan> {
    return this.database.transaction(async (db) => {
      const { plan } = await this.#changeable(db, caller, input.id);
      const { title, description, when, invited } = input;
      if (title !== undefined && title !== plan.title) await rename(db, plan.uid, title);
      if (description !== undefined)
        await db.query('update meet.plan set description = $2 where meeting_id = $1', [plan.id, description]);
      const gone =
        when === undefined ? [] : await this.#from(db, plan, new Date(), { ...when, zone: when.timeZone });
      const words = title !== undefined || description !== undefined;
      if (words && when === undefined)
        await db.query('update meet.stretch set sequence = sequence + 1 where meeting_id = $1', [plan.id]);
      const { added, removed } =
        invited === undefined
          ? { added: [], removed: [] }
          : await invite(db, plan, invited, plan.organiserId);
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.plan-changed',
        resourceId: plan.id,
        detail: {},
      });
      const now = await this.#loaded(db, caller, input.id);
      if (words || when !== undefined) await this.news.changed(db, caller, now.plan, { gone, except: added });
      await this.news.added(db, caller, now.plan, added);
      await this.news.withdrawn(db, now.plan, removed);
      return planAsSeen(db, caller, now);
    });
  }

  /** @throws Refused `not-found`, `not-allowed`, `meeting-ended`, `occurrence-past` */
  move(
    caller: Caller,
    { occurrenceId, starts, minutes, which }: InputOf<typeof moveOccurrence>,
  ): Promise<MeetingPlan> {
    return this.database.transaction(async (db) => {
      const { plan, one } = await this.#occurrence(db, caller, occurrenceId);
      const stretch = (await stretchesOf(db, plan.id)).find(({ id }) => id === one.stretchId);
      if (!stretch) throw Refused.notFound();
      let gone: Gone[] = [];
      if (which === 'following' && stretch.repeat !== null)
        gone = await this.#from(db, plan, one.startsAt, continued(stretch, one.wall, starts, minutes));
      else {
        const at = new Date(instantOf(stretch.zone, starts));
        timesOf({ starts, minutes, zone: stretch.zone, repeat: null });
        await db.query(
          `update meet.occurrence set starts_at = $2, ends_at = $3, moved = true, reminded_at = null where uid = $1`,
          [one.id, at, new Date(at.getTime() + minutes * minuteMs)],
        );
        await db.query('update meet.stretch set sequence = sequence + 1 where id = $1', [stretch.id]);
      }
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.moved',
        resourceId: plan.id,
        detail: { which },
      });
      await this.news.changed(db, caller, plan, { gone, except: [] });
      return planAsSeen(db, caller, await this.#loaded(db, caller, plan.uid));
    });
  }

  /** @throws Refused `not-found`, `not-allowed`, `meeting-ended`, `occurrence-past` */
  cancel(caller: Caller, { occurrenceId, which }: InputOf<typeof cancelOccurrence>): Promise<MeetingPlan> {
    return this.database.transaction(async (db) => {
      const { plan, one } = await this.#occurrence(db, caller, occurrenceId);
      const all = await occurrencesOf(db, plan.id);
      const others = all.filter(
        ({ id, cancelledAt, startsAt }) => id !== one.id && cancelledAt === null && startsAt > new Date(),
      );
      const earlier = others.filter(({ startsAt }) => startsAt < one.startsAt);
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.cancelled',
        resourceId: plan.id,
        detail: { which },
      });
      // The last that was left is the meeting itself.
      const whole = which === 'all' || others.length === 0 || (which === 'following' && earlier.length === 0);
      if (whole) await this.#cancelAll(db, caller, plan);
      else {
        const gone = which === 'following' ? await endFrom(db, plan.id, one.startsAt) : [];
        if (which === 'this') {
          await db.query('update meet.occurrence set cancelled_at = now() where uid = $1', [one.id]);
          await db.query('update meet.stretch set sequence = sequence + 1 where id = $1', [one.stretchId]);
        }
        await this.news.changed(db, caller, plan, { gone, except: [] });
      }
      return planAsSeen(db, caller, await this.#loaded(db, caller, plan.uid));
    });
  }

  /** @throws Refused `not-found`, `not-allowed` for whoever is not invited */
  answer(caller: Caller, { id, answer }: InputOf<typeof answerMeeting>): Promise<typeof done> {
    return this.database.transaction(async (db) => {
      const { plan } = await this.#loaded(db, caller, id);
      if (!(await peopleInvited(db, plan.id)).includes(caller.id)) throw Refused.notAllowed();
      await db.query(
        `insert into meet.answer (meeting_id, person_id, answer) values ($1, $2, $3)
         on conflict (meeting_id, person_id) do update set answer = excluded.answer, at = now()`,
        [plan.id, caller.id, answer],
      );
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.answered',
        resourceId: plan.id,
        detail: { answer },
      });
      return done;
    });
  }

  async #loaded(db: Db, caller: Caller, id: string): Promise<Loaded> {
    const seen = await load(db, caller, id, { kind: 'meeting' });
    const plan = seen === null ? null : await planOf(db, seen.id);
    if (seen === null || plan === null) throw Refused.notFound();
    return { seen, plan };
  }

  /** Two changes of one meeting take turns. */
  async #changeable(db: Db, caller: Caller, id: string): Promise<Loaded> {
    const { seen } = await this.#loaded(db, caller, id);
    if (!atLeast(seen.role, 'manager') && seen.ownerId !== caller.id) throw Refused.notAllowed();
    await db.query('select from meet.plan where meeting_id = $1 for update', [seen.id]);
    const plan = await planOf(db, seen.id);
    if (plan === null) throw Refused.notFound();
    if (plan.cancelledAt !== null) throw Refused.conflict('meeting-ended');
    return { seen, plan };
  }

  async #occurrence(db: Db, caller: Caller, id: string): Promise<{ plan: PlanRow; one: OccurrenceRow }> {
    const [found] = await db.query<{ uid: string }>(
      `select m.uid from meet.occurrence o join meet.meeting m on m.resource_id = o.meeting_id where o.uid = $1`,
      [id],
    );
    if (!found) throw Refused.notFound();
    const { plan } = await this.#changeable(db, caller, found.uid);
    const one = (await occurrencesOf(db, plan.id)).find((each) => each.id === id);
    if (!one) throw Refused.notFound();
    if (one.endsAt <= new Date() || one.cancelledAt !== null) throw Refused.conflict('occurrence-past');
    return { plan, one };
  }

  /** Holds the meeting at these times from an instant on. A series of which nothing is left gives its name to the new. */
  async #from(db: Db, plan: PlanRow, from: Date, when: When): Promise<Gone[]> {
    const gone = await endFrom(db, plan.id, from);
    const [heir, ...others] = gone;
    await addStretch(db, plan.id, when, heir?.stretch ?? null);
    return others;
  }

  async #cancelAll(db: Db, caller: Caller, plan: PlanRow): Promise<void> {
    await db.query(
      'update meet.occurrence set cancelled_at = now() where meeting_id = $1 and cancelled_at is null and ends_at > now()',
      [plan.id],
    );
    await db.query('update meet.plan set cancelled_at = now() where meeting_id = $1', [plan.id]);
    await db.query('update meet.meeting set ended_at = coalesce(ended_at, now()) where resource_id = $1', [
      plan.id,
    ]);
    await db.query('update meet.stretch set sequence = sequence + 1 where meeting_id = $1', [plan.id]);
    await this.news.cancelled(db, caller, plan);
  }
}

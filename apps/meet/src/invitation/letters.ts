import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { findPersonById, peopleByIds } from '@parvis/access/people';
import { Locale } from '@parvis/contract/shape';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Mail } from '@parvis/server/mail';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import {
  eventOf,
  type InvitedRow,
  invitedTo,
  occurrencesOf,
  type PlanRow,
  stretchesOf,
} from '../schedule/rows.ts';
import type { Gone } from '../schedule/times.ts';
import type { settings } from '../settings.ts';
import { CalendarEvent, Correspondent } from './event.ts';
import { calendarText } from './ics.ts';
import { letterOf } from './letter.ts';
import { linkTo } from './link.ts';
import { words } from './words.ts';

const spreadJob = 'invitations';
const letterJob = 'invitation-letter';
const Told = z.object({ kind: z.enum(['invited', 'changed', 'cancelled']), event: CalendarEvent });
const Spread = z.object({
  told: z.array(Told),
  people: z.array(z.int()),
  outsiders: z.array(Correspondent),
  organiserId: z.int(),
});
const One = z.object({ told: Told, to: Correspondent, locale: Locale, organiserId: z.int() });
/** Somebody who is invited. */
export type Someone = Pick<InvitedRow, 'subjectId' | 'address' | 'name'>;

/** The people behind subjects: themselves, or all who are in a group. */
async function peopleBehind(db: Db, who: readonly Someone[]): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `with recursive s(id) as (select unnest($1::int[])
       union select m.subject_id from s join access.member m on m.group_id = s.id)
     select p.subject_id as id from s join access.person p on p.subject_id = s.id
      where p.disabled_at is null and (p.ends_at is null or p.ends_at > now())`,
    [who.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]))],
  );
  return rows.map(({ id }) => id);
}

/**
 * Letters that put a meeting into calendars, change it there and take it out again. They are jobs of the transaction of
 * the change, carry all that they say, and go to each person in their language.
 */
@Injectable()
export class Letters implements OnModuleInit {
  readonly #mail: Mail;
  readonly #logger = new Logger('meet');

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>,
  ) {
    this.#mail = new Mail(set);
  }

  onModuleInit(): void {
    this.jobs.define(spreadJob, Spread, (data) => this.#spread(data), { retryLimit: 8, expireSeconds: 120 });
    this.jobs.define(letterJob, One, (data) => this.#send(data), {
      retryLimit: 8,
      expireSeconds: 120,
      concurrency: 2,
    });
    if (!this.#mail.sends) this.#logger.log('NOTIFY_SMTP_URL is not set: no invitations are sent by mail');
  }

  /** Invites people. @returns subject ids of the people whom it concerns, the organiser left out */
  async invited(db: Db, plan: PlanRow, added: readonly Someone[]): Promise<number[]> {
    return this.#tell(
      db,
      plan,
      added,
      (await this.#events(db, plan)).map((event) => ({ kind: 'invited', event })),
    );
  }

  /** Tells those invited of other times or words; who was only now invited knows no others. */
  async changed(
    db: Db,
    plan: PlanRow,
    { gone, except }: { gone: readonly Gone[]; except: readonly Someone[] },
  ): Promise<number[]> {
    const fresh = new Set(except.map(({ subjectId, address }) => subjectId ?? address));
    const who = (await invitedTo(db, plan.id)).filter(
      ({ subjectId, address }) => !fresh.has(subjectId ?? address),
    );
    return this.#tell(db, plan, who, [
      ...(await this.#events(db, plan)).map((event) => ({ kind: 'changed' as const, event })),
      ...gone.map(({ stretch, occurrences }) => ({
        kind: 'cancelled' as const,
        event: eventOf(plan, { ...stretch, sequence: stretch.sequence + 1 }, occurrences),
      })),
    ]);
  }

  /** Takes the meeting out of the calendars of people who are no longer invited. */
  async withdraw(db: Db, plan: PlanRow, removed: readonly Someone[]): Promise<void> {
    const told = (await this.#events(db, plan)).map((event) => ({ kind: 'cancelled' as const, event }));
    await this.#tell(db, plan, removed, told);
  }

  /** Takes the meeting out of everybody's calendars. */
  async cancelled(db: Db, plan: PlanRow): Promise<void> {
    await this.withdraw(db, plan, await invitedTo(db, plan.id));
  }

  /** The stretches that are not all over. */
  async #events(db: Db, plan: PlanRow): Promise<CalendarEvent[]> {
    const occurrences = await occurrencesOf(db, plan.id);
    const open = new Set(
      occurrences.filter(({ endsAt }) => endsAt > new Date()).map(({ stretchId }) => stretchId),
    );
    return (await stretchesOf(db, plan.id))
      .filter(({ id }) => open.has(id))
      .map((stretch) => eventOf(plan, stretch, occurrences));
  }

  async #tell(
    db: Db,
    plan: PlanRow,
    who: readonly Someone[],
    told: z.input<typeof Told>[],
  ): Promise<number[]> {
    const people = (await peopleBehind(db, who)).filter((id) => id !== plan.organiserId);
    const outsiders = who.flatMap(({ address, name }) => (address === null ? [] : [{ address, name }]));
    if (this.#mail.sends && told.length > 0 && people.length + outsiders.length > 0)
      await this.jobs.send(db, spreadJob, { told, people, outsiders, organiserId: plan.organiserId });
    return people;
  }

  /** One job for each letter, so that one address that is refused holds back no other. */
  async #spread({ told, people, outsiders, organiserId }: z.output<typeof Spread>): Promise<void> {
    await this.database.transaction(async (db) => {
      const known = await peopleByIds(db, people);
      // Whoever has no language of their own here is written to in that of the organiser.
      const locale = Locale.catch('fr').parse((await findPersonById(db, organiserId))?.locale);
      const receivers = [
        ...known.map((one) => ({
          to: { name: one.name, address: one.email },
          locale: Locale.catch('fr').parse(one.locale),
        })),
        ...outsiders.map((to) => ({ to, locale })),
      ];
      for (const receiver of receivers)
        for (const one of told) await this.jobs.send(db, letterJob, { ...receiver, told: one, organiserId });
    });
  }

  async #send({ told: { kind, event }, to, locale, organiserId }: z.output<typeof One>): Promise<void> {
    const { db } = this.database;
    const person = await findPersonById(db, organiserId);
    const organiser = person === null ? null : { name: person.name, address: person.email };
    const link = await linkTo(db, this.set.publicUrl, event.meetingId);
    const method = kind === 'cancelled' ? 'CANCEL' : 'REQUEST';
    const sentBy = this.#mail.address;
    const held = { event, organiser, sentBy, attendee: to, link, joinWords: words[locale].joinAt };
    await this.#mail.send({
      to,
      ...(organiser === null ? {} : { replyTo: organiser }),
      ...letterOf(event, { kind, locale, by: organiser?.name ?? 'Parvis', link }),
      calendar: { method, content: calendarText({ method, at: new Date() }, [held]) },
    });
  }
}

import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { findPersonByUid } from '@parvis/access/people';
import { createResource } from '@parvis/access/tree';
import { type DemoKey, demoPeople, type DemoSpaceKey, demoSpaces } from '@parvis/contract/demo';
import type { Repeat } from '@parvis/contract/meet-schedule';
import { Database } from '@parvis/server/database';
import { demoSpaceIsThere } from '@parvis/server/demo-wait';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { settings } from '../settings.ts';
import { invite } from './invited.ts';
import { addStretch, timesBy } from './times.ts';
import { wallOf, wallText, wallMs } from './zone.ts';

interface DemoPlan {
  readonly space: DemoSpaceKey;
  readonly owner: DemoKey;
  readonly title: string;
  readonly description: string;
  readonly zone: string;
  /** Days from today to the first time, and the hour on the wall. */
  readonly days: number;
  readonly hour: string;
  readonly minutes: number;
  readonly repeat: { every: Repeat['every']; days: number } | null;
  readonly invited: readonly DemoKey[];
  readonly outsiders: readonly { address: string; name: string }[];
}

const plans: readonly DemoPlan[] = [
  {
    space: 'estuary',
    owner: 'clarisse',
    title: 'Point hebdomadaire du Plan Estuaire',
    description: 'Tour de table, cartes à valider, préparation de la réunion publique.',
    zone: 'Europe/Paris',
    days: -14,
    hour: '09:30',
    minutes: 45,
    repeat: { every: 'week', days: 84 },
    invited: ['samir', 'yanis', 'nadia', 'amina', 'adele'],
    outsiders: [],
  },
  {
    space: 'estuary',
    owner: 'samir',
    title: 'Relecture du cahier des charges des digues',
    description: '',
    zone: 'Europe/Paris',
    days: 1,
    hour: '14:00',
    minutes: 60,
    repeat: null,
    invited: ['clarisse', 'yanis'],
    outsiders: [{ address: 'bureau.etudes@hydraulique.example', name: 'Bureau d’études Hydraulique' }],
  },
  {
    space: 'observatory',
    owner: 'amina',
    title: 'متابعة قياسات المدّ والجزر',
    description: 'مراجعة القياسات الأخيرة وتحضير التقرير الشهري.',
    zone: 'Africa/Tunis',
    days: 2,
    hour: '10:00',
    minutes: 60,
    repeat: { every: 'week', days: 70 },
    invited: ['youssef', 'leila', 'samir'],
    outsiders: [],
  },
  {
    space: 'harbour',
    owner: 'grace',
    title: 'Pilots’ rota for the winter',
    description: 'Bring the moorings plan.',
    zone: 'Europe/London',
    days: 3,
    hour: '11:00',
    minutes: 30,
    repeat: null,
    invited: ['oliver', 'yanis'],
    outsiders: [],
  },
];
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Meetings of the demo ministry that were and that come, made once. */
@Injectable()
export class DemoPlans implements OnModuleInit, OnModuleDestroy {
  #stopped = false;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>,
  ) {}

  onModuleInit(): void {
    if (this.set.seed === 'demo') void this.#seed().catch(() => undefined);
  }

  onModuleDestroy(): void {
    this.#stopped = true;
  }

  async #seed(): Promise<void> {
    for (const one of plans) {
      if (!(await demoSpaceIsThere(this.database, one.space, () => this.#stopped))) return;
      await this.database.transaction((db) => made(db, one));
    }
  }
}

async function made(db: Db, one: DemoPlan): Promise<void> {
  await db.query(`select pg_advisory_xact_lock(hashtext('meet.plans'))`);
  const spaceUid = demoSpaces[one.space].id;
  const owner = await findPersonByUid(db, demoPeople[one.owner].id);
  const known = await db.query(
    `select from access.resource r join access.resource s on s.id = r.space_id
      where s.uid = $1 and r.kind = 'meeting' and r.title = $2`,
    [spaceUid, one.title],
  );
  if (owner === null || known.length > 0) return;
  const meeting = await createResource(db, {
    kind: 'meeting',
    title: one.title,
    parentUid: spaceUid,
    ownerId: owner.id,
  });
  await db.query('insert into meet.meeting (resource_id, uid) values ($1, $2)', [meeting.id, meeting.uid]);
  await db.query('insert into meet.plan (meeting_id, organiser_id, description) values ($1, $2, $3)', [
    meeting.id,
    owner.id,
    one.description,
  ]);
  const first = wallText(
    wallMs(`${wallOf(one.zone, Date.now()).slice(0, 10)}T${one.hour}`) + one.days * dayMs,
  );
  const until = (days: number) => wallText(wallMs(first) + days * dayMs).slice(0, 10);
  const repeat = one.repeat && { every: one.repeat.every, step: 1, days: [], until: until(one.repeat.days) };
  const when = { starts: first, minutes: one.minutes, zone: one.zone, repeat };
  await addStretch(db, meeting.id, when, null, timesBy(when));
  await invite(
    db,
    meeting,
    { people: one.invited.map((key) => demoPeople[key].id), groups: [], outsiders: [...one.outsiders] },
    owner.id,
  );
  await attended(db, meeting.id, [one.owner, ...one.invited]);
}

/** Who was there the times before; not everybody, and one a little late. */
async function attended(db: Db, meetingId: number, who: readonly DemoKey[]): Promise<void> {
  const held = await db.query<{ startsAt: Date; endsAt: Date }>(
    `select starts_at as "startsAt", ends_at as "endsAt" from meet.occurrence
      where meeting_id = $1 and ends_at < now() order by starts_at`,
    [meetingId],
  );
  for (const [nr, { startsAt, endsAt }] of held.entries()) {
    const there = who.filter((_, at) => (at + nr) % who.length !== who.length - 1);
    for (const [at, key] of there.entries()) {
      const { id: uid } = demoPeople[key];
      await db.query(
        `insert into meet.stay (meeting_id, identity, person_id, joined_at, left_at)
         select $1, $2, p.subject_id, $3, $4 from access.person p where p.uid = $5`,
        [
          meetingId,
          `${uid}.${String(nr).padStart(12, '0')}`,
          new Date(startsAt.getTime() + at * minuteMs),
          endsAt,
          uid,
        ],
      );
    }
    await db.query(
      'update meet.meeting set started_at = least(coalesce(started_at, $2), $2) where resource_id = $1',
      [meetingId, startsAt],
    );
  }
}

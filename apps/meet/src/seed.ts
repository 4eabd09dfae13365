import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { findPersonByUid } from '@parvis/access/people';
import { createResource } from '@parvis/access/tree';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import { Database } from '@parvis/server/database';
import { demoSpaceIsThere } from '@parvis/server/demo-wait';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { settings } from './settings.ts';

const seeded = [
  { space: 'estuary', title: 'Comité de suivi du Plan Estuaire', owner: 'clarisse' },
  { space: 'observatory', title: 'اجتماع فريق المرصد', owner: 'amina' },
  { space: 'harbour', title: 'Winter timetable review', owner: 'grace' },
] as const;

/** Meetings that the demo ministry can join, made once. */
@Injectable()
export class DemoMeetings implements OnModuleInit, OnModuleDestroy {
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
    for (const one of seeded) {
      if (!(await demoSpaceIsThere(this.database, one.space, () => this.#stopped))) return;
      await this.#make(one);
    }
  }

  async #make(one: (typeof seeded)[number]): Promise<void> {
    await this.database.transaction(async (db) => {
      await db.query(`select pg_advisory_xact_lock(hashtext('meet.seed'))`);
      const spaceUid = demoSpaces[one.space].id;
      const known = await db.query(
        `select 1 from access.resource r join access.resource s on s.id = r.space_id where s.uid = $1 and r.kind = 'meeting'`,
        [spaceUid],
      );
      const owner = await findPersonByUid(db, demoPeople[one.owner].id);
      if (known.length > 0 || owner === null) return;
      const made = await createResource(db, {
        kind: 'meeting',
        title: one.title,
        parentUid: spaceUid,
        spaceUid,
        ownerId: owner.id,
      });
      await db.query('insert into meet.meeting (resource_id, uid) values ($1, $2)', [made.id, made.uid]);
    });
  }
}

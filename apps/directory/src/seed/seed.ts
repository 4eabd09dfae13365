import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { grant } from '@parvis/access/grants';
import { addMember, createGroup } from '@parvis/access/groups';
import { createPerson } from '@parvis/access/people';
import { createResource } from '@parvis/access/tree';
import {
  type DemoKey,
  demoName,
  type DemoPerson,
  demoPeople,
  type DemoSpace,
  type DemoSpaceKey,
  demoSpaces,
} from '@parvis/contract/demo';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { SETTINGS } from '@parvis/server/service';
import type { DirectorySettings } from '../settings.ts';
import { type DemoFolder, folders, groups } from './ministry.ts';

/** Held while seeding, so that two first starts at once make one ministry. */
const lockKey = 7_271_002;
/** Days that the demo's guest stays. */
const guestDays = 180;

type Ids = Readonly<Record<DemoKey, number>>;

/**
 * Fills empty tables with the invented ministry: people, groups, spaces, folders. The other services add theirs when
 * they see the spaces, whose ids are fixed in the contract's `demo.ts`. Runs before the service listens.
 */
@Injectable()
export class Seed implements OnModuleInit {
  readonly #log = new Logger('seed');
  readonly #settings: DirectorySettings;
  readonly #database: Database;
  readonly #outbox: Outbox;

  constructor(@Inject(SETTINGS) settings: DirectorySettings, database: Database, outbox: Outbox) {
    this.#settings = settings;
    this.#database = database;
    this.#outbox = outbox;
  }

  async onModuleInit(): Promise<void> {
    if (this.#settings.seed !== 'demo') return;
    const made = await this.#database.transaction(async (db) => {
      await db.query('select pg_advisory_xact_lock($1)', [lockKey]);
      const [{ used } = { used: true }] = await db.query<{ used: boolean }>(
        'select exists (select from access.person) or exists (select from access.resource) as used',
      );
      if (used) return false;
      const ids = await this.#people(db);
      await this.#groups(db, ids);
      for (const key of Object.keys(demoSpaces) as DemoSpaceKey[]) await this.#space(db, ids, key);
      return true;
    });
    if (made) this.#log.log('the demonstration ministry is ready');
  }

  async #people(db: Db): Promise<Ids> {
    const ids: Partial<Record<DemoKey, number>> = {};
    for (const [key, one] of Object.entries(demoPeople) as [DemoKey, DemoPerson][]) {
      const guest = one.kind === 'guest';
      const person = await createPerson(db, {
        oidcSub: one.id,
        name: demoName(one),
        email: one.email,
        locale: one.locale,
        kind: one.kind,
        administrator: one.administrator,
        organisation: one.organisation,
        sponsorId: guest ? (ids.clarisse ?? null) : null,
        endsAt: guest ? new Date(Date.now() + guestDays * 86_400_000) : null,
      });
      // The house makes its ids itself, except these, which the other services' seeds must know beforehand.
      await db.query('update access.person set uid = $2 where subject_id = $1', [person.id, one.id]);
      ids[key] = person.id;
    }
    return ids as Ids;
  }

  async #groups(db: Db, ids: Ids): Promise<void> {
    for (const { name, members } of groups) {
      const group = await createGroup(db, name);
      for (const member of members) await addMember(db, group.id, ids[member]);
    }
  }

  async #space(db: Db, ids: Ids, key: DemoSpaceKey): Promise<void> {
    const demo: DemoSpace = demoSpaces[key];
    const ownerId = ids[demo.owner];
    const meta = { description: demo.description };
    const made = await createResource(db, { kind: 'space', title: demo.name, ownerId, meta });
    await db.query('update access.resource set uid = $2 where id = $1', [made.id, demo.id]);
    for (const member of demo.members)
      await grant(db, { resourceUid: demo.id, subjectId: ids[member], role: 'editor' }, ownerId);
    for (const guest of demo.guests)
      await grant(db, { resourceUid: demo.id, subjectId: ids[guest], role: 'commenter' }, ownerId);
    for (const folder of folders[key]) await this.#folder(db, ids, demo.id, demo.id, folder);
    await this.#outbox.add(db, 'space-created', { spaceId: demo.id, byId: demoPeople[demo.owner].id });
    await audit(db, {
      actorId: ownerId,
      action: 'space.created',
      resourceId: made.id,
      detail: { seed: true },
    });
  }

  async #folder(db: Db, ids: Ids, spaceUid: string, parentUid: string, folder: DemoFolder): Promise<void> {
    const { title, by, privateTo, alsoTo } = folder;
    const place = privateTo ? { spaceUid, private: true } : { parentUid };
    const made = await createResource(db, { kind: 'folder', title, ownerId: ids[by], ...place });
    for (const person of privateTo ?? [])
      await grant(db, { resourceUid: made.uid, subjectId: ids[person], role: 'editor' }, ids[by]);
    if (alsoTo) {
      const [person, role] = alsoTo;
      await grant(db, { resourceUid: made.uid, subjectId: ids[person], role }, ids[by]);
    }
    for (const inner of folder.folders ?? []) await this.#folder(db, ids, spaceUid, made.uid, inner);
  }
}

import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { resourceOfLink } from '@parvis/access/links';
import { children, cursorOf, findByTitle, newest, trashed } from '@parvis/access/lists';
import { checkMove, move, restore, trash } from '@parvis/access/moving';
import { findPeople } from '@parvis/access/people';
import { breadcrumbs, checkAbility, load, type Seen } from '@parvis/access/read';
import type { Ability } from '@parvis/access/roles';
import { rename, type ResourceKind } from '@parvis/access/tree';
import type { Db } from '@parvis/access/db';
import type { find, getResource, listChildren, listRecent } from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import { done, type Resource } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { presentPerson, presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';

/** What people drag from folder to folder. Channels and meetings stay in their space. */
const movable: readonly ResourceKind[] = ['folder', 'file', 'document'];
const holding: readonly ResourceKind[] = ['space', 'folder'];

/** Documents also lie below documents: they are pages of one another. */
function mayHold(target: ResourceKind, kind: ResourceKind): boolean {
  return holding.includes(target) || (target === 'document' && kind === 'document');
}

/** Whoever edits may rename and put away what lies in a folder; what others live in is its managers' or owners'. */
function neededToPutAway(kind: ResourceKind): Ability {
  if (kind === 'space') return 'own';
  return movable.includes(kind) ? 'edit' : 'manage';
}

function neededToRename(kind: ResourceKind): Ability {
  return movable.includes(kind) ? 'edit' : 'manage';
}

/** The one tree of things, as far as the caller sees it. */
@Injectable()
export class Resources {
  readonly #database: Database;
  readonly #outbox: Outbox;

  constructor(database: Database, outbox: Outbox) {
    this.#database = database;
    this.#outbox = outbox;
  }

  async #present(rows: readonly Seen[]): Promise<Resource[]> {
    return presentResources(this.#database.db, rows);
  }

  async #one(caller: Caller, uid: string): Promise<Resource> {
    const row = await load(this.#database.db, caller, uid);
    if (row === null) throw Refused.notFound();
    return (await this.#present([row]))[0] as Resource;
  }

  /** A thing and the way to it, the thing itself left out. @throws Refused `not-found`, `expired-link`, `link-password-needed` */
  async get(caller: Caller, { id, link }: InputOf<typeof getResource>) {
    const { db } = this.#database;
    const row = await load(db, caller, id, link === undefined ? {} : { link });
    if (row === null) {
      const led = link === undefined ? null : await resourceOfLink(db, link);
      if (led?.uid !== id) throw Refused.notFound();
      throw led.hasPassword ? Refused.notAllowed('link-password-needed') : new Refused(410, 'expired-link');
    }
    const crumbs = (await breadcrumbs(db, caller, id, link)).filter((crumb) => crumb.uid !== row.uid);
    // A private thing hangs below nothing, but is shown in its space.
    const isShownIn = row.parentUid === null && row.spaceUid !== null && row.kind !== 'space';
    const space = isShownIn ? await load(db, caller, row.spaceUid as string) : null;
    const path = space === null ? crumbs : [space, ...crumbs];
    return {
      resource: (await this.#present([row]))[0] as Resource,
      path: path.map(({ uid, kind, title }) => ({ id: uid, kind: kind as Resource['kind'], title })),
    };
  }

  async children(caller: Caller, { id, kind, limit, after }: InputOf<typeof listChildren>) {
    const { db } = this.#database;
    if ((await load(db, caller, id)) === null) throw Refused.notFound();
    const rows = await children(db, caller, id, {
      ...(kind === undefined ? {} : { kinds: [kind] }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
      privateTrees: true,
    });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return { resources: await this.#present(page), next: last ? cursorOf(last) : null };
  }

  async recent(caller: Caller, { kind, limit }: InputOf<typeof listRecent>) {
    const kinds = kind === undefined ? {} : { kinds: [kind] };
    return { resources: await this.#present(await newest(this.#database.db, caller, { limit, ...kinds })) };
  }

  /** Guests find things, and nobody: they do not browse the directory. */
  async find(caller: Caller, { q, limit }: InputOf<typeof find>) {
    if (q === '') return { resources: [], people: [] };
    const { db } = this.#database;
    const resources = await this.#present(await findByTitle(db, caller, { text: q, limit }));
    const people = await findPeople(db, caller, { text: q, limit });
    return { resources, people: people.map(presentPerson) };
  }

  async #tell(db: Db, verb: string, caller: Caller, row: Seen, detail = {}): Promise<void> {
    await this.#outbox.add(db, `resource-${verb}`, { id: row.uid, kind: row.kind, byId: caller.uid });
    await audit(db, { actorId: caller.id, action: `${row.kind}.${verb}`, resourceId: row.id, detail });
  }

  /** @throws AccessError `not-found`, `not-allowed` */
  async #mustMay(
    db: Db,
    caller: Caller,
    uid: string,
    needed: (kind: ResourceKind) => Ability,
    opts: { trashed?: boolean } = {},
  ): Promise<Seen> {
    const row = await load(db, caller, uid, opts);
    if (row === null) throw Refused.notFound();
    return checkAbility(db, caller, uid, needed(row.kind), opts);
  }

  async rename(caller: Caller, uid: string, title: string): Promise<Resource> {
    await this.#database.transaction(async (db) => {
      const row = await this.#mustMay(db, caller, uid, neededToRename);
      await rename(db, uid, title);
      await this.#tell(db, 'renamed', caller, row);
    });
    return this.#one(caller, uid);
  }

  /** @throws AccessError `not-allowed`, `cycle`, `too-deep`; Refused `wrong-kind` */
  async move(caller: Caller, uid: string, parentUid: string): Promise<Resource> {
    await this.#database.transaction(async (db) => {
      const row = await load(db, caller, uid);
      const target = await load(db, caller, parentUid);
      if (row === null || target === null) throw Refused.notFound();
      if (!movable.includes(row.kind) || !mayHold(target.kind, row.kind))
        throw Refused.conflict('wrong-kind');
      // Where nobody gains or loses access by it, tidying up is editing.
      const changesNobody = row.accessId === target.accessId && row.accessId !== row.id;
      if (changesNobody) await checkAbility(db, caller, uid, 'edit');
      else await checkMove(db, caller, uid, parentUid);
      await move(db, uid, parentUid);
      await this.#tell(db, 'moved', caller, row, { from: row.parentUid, to: parentUid });
    });
    return this.#one(caller, uid);
  }

  async trash(caller: Caller, uid: string) {
    await this.#database.transaction(async (db) => {
      const row = await this.#mustMay(db, caller, uid, neededToPutAway);
      await trash(db, uid, caller.id);
      await this.#tell(db, 'trashed', caller, row);
    });
    return done;
  }

  async restore(caller: Caller, uid: string): Promise<Resource> {
    await this.#database.transaction(async (db) => {
      const row = await this.#mustMay(db, caller, uid, neededToPutAway, { trashed: true });
      await restore(db, uid);
      await this.#tell(db, 'restored', caller, row);
    });
    return this.#one(caller, uid);
  }

  async trashList(caller: Caller, limit: number) {
    return { resources: await this.#present(await trashed(this.#database.db, caller, { limit })) };
  }
}

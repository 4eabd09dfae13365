import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { checkMayGrant, everyoneId, grant, ownGrant, revoke } from '@parvis/access/grants';
import {
  changeLink,
  createLink,
  findLink,
  type OpenedLink,
  openLink,
  revokeLink,
} from '@parvis/access/links';
import { findGroup } from '@parvis/access/groups';
import { findPersonByUid, peopleByIds, type Person } from '@parvis/access/people';
import { load, type Seen } from '@parvis/access/read';
import { reasons, type Reason } from '@parvis/access/reasons';
import type {
  changeLink as ChangeLink,
  createLink as CreateLink,
  openLink as OpenLink,
  Reason as WireReason,
  share,
  unshare,
} from '@parvis/contract/sharing';
import type { InputOf } from '@parvis/contract/operation';
import type { Resource } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import type { z } from 'zod';

type Reasons = { reasons: z.infer<typeof WireReason>[] };

/** Links lead to things that can be read alone. */
const linkable = ['folder', 'file', 'document'];

function present(reason: Reason, row: Seen, people: ReadonlyMap<number, Person>): z.infer<typeof WireReason> {
  const { subject } = reason;
  const person = subject.kind === 'person' ? people.get(subject.id) : undefined;
  // Where the thing that carries the grant is above what the caller sees, the thing itself stands for it.
  const from = reason.from ?? row;
  return {
    subjectKind: subject.kind,
    subjectId: subject.kind === 'everyone' ? null : subject.uid,
    name: subject.kind === 'link' ? subject.reach : subject.kind === 'everyone' ? '' : subject.name,
    person: person ? presentPerson(person) : null,
    role: reason.role,
    from: { id: from.uid, kind: from.kind as Resource['kind'], title: from.title },
    inherited: reason.inherited,
    expiresAt: reason.expiresAt?.toISOString() ?? null,
    hasPassword: subject.kind === 'link' && subject.hasPassword,
  };
}

/** Who sees a thing and why; giving and taking access. */
@Injectable()
export class Sharing {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Members may know who reads with them; guests may not. @throws Refused */
  async reasons(caller: Caller, uid: string): Promise<Reasons> {
    const { db } = this.#database;
    const row = await load(db, caller, uid);
    if (row === null) throw Refused.notFound();
    if (caller.kind === 'guest') throw Refused.notAllowed('guest-not-allowed');
    return this.#reasons(db, caller, row);
  }

  async #reasons(db: Db, caller: Caller, row: Seen): Promise<Reasons> {
    const found = await reasons(db, caller, row.uid);
    const ids = found.flatMap(({ subject }) => (subject.kind === 'person' ? [subject.id] : []));
    const people = new Map((await peopleByIds(db, ids)).map((person) => [person.id, person]));
    return { reasons: found.map((reason) => present(reason, row, people)) };
  }

  async #subject(db: Db, kind: 'person' | 'group' | 'everyone', uid: string | null): Promise<number> {
    if (kind === 'everyone') return everyoneId;
    const found = uid === null ? null : await (kind === 'person' ? findPersonByUid : findGroup)(db, uid);
    if (found === null) throw new Refused(404, 'unknown-subject');
    return found.id;
  }

  async share(caller: Caller, input: InputOf<typeof share>): Promise<Reasons> {
    const { id, subjectKind, role } = input;
    return this.#database.transaction(async (db) => {
      const row = await checkMayGrant(db, caller, id, role);
      const subjectId = await this.#subject(db, subjectKind, input.subjectId);
      const held = await ownGrant(db, id, subjectId);
      if (held !== null) await checkMayGrant(db, caller, id, held);
      const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
      await grant(db, { resourceUid: id, subjectId, role, expiresAt }, caller.id);
      const detail = { subjectKind, subject: input.subjectId, role, expiresAt: input.expiresAt };
      await audit(db, { actorId: caller.id, action: 'access.given', resourceId: row.id, detail });
      return this.#reasons(db, caller, row);
    });
  }

  /** Takes a grant of this very thing; a person may always give up their own. @throws AccessError, Refused */
  async unshare(caller: Caller, { id, subjectKind, subjectId }: InputOf<typeof unshare>): Promise<Reasons> {
    return this.#database.transaction(async (db) => {
      const row = await load(db, caller, id);
      if (row === null) throw Refused.notFound();
      if (subjectKind === 'link') {
        await checkMayGrant(db, caller, id, 'reader');
        const link = await findLink(db, subjectId);
        if (link === null || link.resourceUid !== row.uid) throw Refused.notFound();
        await revokeLink(db, subjectId);
      } else {
        const subject = await this.#subject(db, subjectKind, subjectId === 'all' ? null : subjectId);
        const held = await ownGrant(db, id, subject);
        if (subject !== caller.id) await checkMayGrant(db, caller, id, held ?? 'reader');
        await revoke(db, id, subject);
      }
      const detail = { subjectKind, subject: subjectId };
      await audit(db, { actorId: caller.id, action: 'access.taken', resourceId: row.id, detail });
      const still = await load(db, caller, id);
      return still === null || caller.kind === 'guest' ? { reasons: [] } : this.#reasons(db, caller, still);
    });
  }

  async createLink(caller: Caller, input: InputOf<typeof CreateLink>) {
    return this.#database.transaction(async (db) => {
      const row = await checkMayGrant(db, caller, input.id, input.role);
      if (!linkable.includes(row.kind)) throw Refused.conflict('wrong-kind');
      const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
      const { reach, role } = input;
      const wanted = { resourceUid: input.id, reach, role, expiresAt, password: input.password };
      const made = await createLink(db, wanted, caller.id);
      const hasPassword = input.password !== null;
      const detail = { link: made.link.uid, reach, role, expiresAt: input.expiresAt, hasPassword };
      await audit(db, { actorId: caller.id, action: 'link.created', resourceId: row.id, detail });
      const after = await this.#reasons(db, caller, row);
      return { linkId: made.link.uid, secret: made.token, ...after };
    });
  }

  /** @throws AccessError, Refused `not-found` for a link of another thing */
  async changeLink(caller: Caller, input: InputOf<typeof ChangeLink>): Promise<Reasons> {
    return this.#database.transaction(async (db) => {
      const row = await checkMayGrant(db, caller, input.id, input.role);
      const link = await findLink(db, input.linkId);
      if (link === null || link.resourceUid !== row.uid) throw Refused.notFound();
      const { role, password } = input;
      const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
      const change = { role, expiresAt, ...(password === undefined ? {} : { password }) };
      await changeLink(db, input.linkId, change, caller.id);
      const hasPassword = password === undefined ? link.hasPassword : password !== null;
      const detail = { link: link.uid, role, expiresAt: input.expiresAt, hasPassword };
      await audit(db, { actorId: caller.id, action: 'link.changed', resourceId: row.id, detail });
      return this.#reasons(db, caller, row);
    });
  }

  /** Whoever has the secret, signed in or not, learns what it leads to. @throws Refused as the operation says */
  async openLink(caller: Caller | null, { secret, password }: InputOf<typeof OpenLink>) {
    const { db } = this.#database;
    const given = password === undefined ? {} : { password };
    const opened = await openLink(db, caller, { token: secret, ...given });
    if (opened.is !== 'open') throw refusalOfLink[opened.is]();
    const row = await load(db, caller, opened.resourceUid, { link: opened.key });
    if (row === null) throw Refused.notFound();
    const { uid: id, title } = row;
    return {
      resource: { id, kind: row.kind as Resource['kind'], title },
      key: opened.key,
      role: caller === null ? ('reader' as const) : row.role,
    };
  }
}

/** What each way of not opening says. */
const refusalOfLink: Record<Exclude<OpenedLink['is'], 'open'>, () => Refused> = {
  unknown: () => Refused.notFound(),
  expired: () => new Refused(410, 'expired-link'),
  'members-only': () => Refused.noSession(),
  'password-needed': () => Refused.notAllowed('link-password-needed'),
  'password-wrong': () => Refused.notAllowed('link-password-wrong'),
  'too-many-tries': () => new Refused(429, 'too-many-tries'),
};

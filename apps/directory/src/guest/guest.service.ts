import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { checkMayGrant, grant, ownGrant } from '@parvis/access/grants';
import {
  createPerson,
  findPersonByEmail,
  findPersonByUid,
  type Person,
  setDisabled,
  setEnd,
} from '@parvis/access/people';
import { load } from '@parvis/access/read';
import { endByPerson } from '@parvis/access/sessions';
import type { inviteGuest } from '@parvis/contract/directory';
import { guestDaysMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { Refused } from '@parvis/server/refused';
import { People } from '../person/person.service.ts';
import { Accounts } from './accounts.ts';
import { closeLater, Closing, keepOpen } from './closing.ts';

type Invitation = InputOf<typeof inviteGuest>;

function endOf({ endsAt }: Invitation): Date {
  const end = new Date(endsAt);
  const latest = Date.now() + guestDaysMax * 86_400_000;
  if (end.getTime() <= Date.now() || end.getTime() > latest)
    throw Refused.badInput([{ path: 'endsAt', code: 'guest-end-date' }], 'guest-end-date');
  return end;
}

function isOver(person: Person): boolean {
  return person.disabledAt !== null || (person.endsAt?.getTime() ?? 0) <= Date.now();
}

/** People from outside: invited by a member, who answers for them, until a date. */
@Injectable()
export class Guests {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #accounts: Accounts;
  readonly #closing: Closing;
  readonly #people: People;

  constructor(database: Database, outbox: Outbox, accounts: Accounts, closing: Closing, people: People) {
    this.#database = database;
    this.#outbox = outbox;
    this.#accounts = accounts;
    this.#closing = closing;
    this.#people = people;
  }

  /**
   * Invites somebody from outside to a space. A guest who is here already gets the space until the date; one whose
   * time was over comes back through their sponsor or an administrator only.
   * @throws Refused `guest-end-date`, `already-there` (a member, or another sponsor's former guest),
   *   `identity-unavailable`; AccessError
   */
  async invite(caller: Caller, wanted: Invitation) {
    const endsAt = endOf(wanted);
    const { db } = this.#database;
    if ((await load(db, caller, wanted.id, { kind: 'space' })) === null) throw Refused.notFound();
    await checkMayGrant(db, caller, wanted.id, wanted.role);
    const known = await findPersonByEmail(db, wanted.email);
    const { person, firstPassword } =
      known === null
        ? await this.#welcome(caller, wanted, endsAt)
        : await this.#welcomeBack(caller, wanted, endsAt, known);
    const [card] = await this.#people.cards([person]);
    return { person: card as NonNullable<typeof card>, firstPassword };
  }

  async #welcome(caller: Caller, wanted: Invitation, endsAt: Date) {
    const { email, name, organisation } = wanted;
    const account = await this.#accounts.open({ email, name, locale: caller.locale });
    try {
      const person = await this.#database.transaction(async (db) => {
        const made = await createPerson(db, {
          email,
          name,
          organisation,
          kind: 'guest',
          locale: caller.locale,
          oidcSub: account.sub,
          sponsorId: caller.id,
          endsAt,
        });
        await this.#admit(db, caller, wanted, made, endsAt);
        return made;
      });
      return { person, firstPassword: account.firstPassword };
    } catch (error) {
      await this.#accounts.remove(account.sub);
      throw error;
    }
  }

  async #welcomeBack(caller: Caller, wanted: Invitation, endsAt: Date, known: Person) {
    if (known.kind !== 'guest') throw Refused.conflict('already-there');
    const mayRenew = caller.administrator || known.sponsorId === caller.id;
    const over = isOver(known);
    if (over && !mayRenew) throw Refused.conflict('already-there');
    const firstPassword = over && known.oidcSub !== null ? await this.#accounts.reopen(known.oidcSub) : null;
    const person = await this.#database.transaction(async (db) => {
      if (known.disabledAt !== null) await setDisabled(db, known.id, null);
      const later = endsAt.getTime() > (known.endsAt?.getTime() ?? 0);
      if (over || (later && mayRenew)) await setEnd(db, known.id, endsAt);
      if (over && known.oidcSub !== null) await keepOpen(db, known.oidcSub);
      await this.#admit(db, caller, wanted, known, endsAt);
      return (await findPersonByUid(db, known.uid)) as Person;
    });
    return { person, firstPassword };
  }

  async #admit(db: Db, caller: Caller, wanted: Invitation, person: Person, expiresAt: Date): Promise<void> {
    const space = await checkMayGrant(db, caller, wanted.id, wanted.role);
    const held = await ownGrant(db, wanted.id, person.id);
    if (held !== null) await checkMayGrant(db, caller, wanted.id, held);
    await grant(
      db,
      { resourceUid: wanted.id, subjectId: person.id, role: wanted.role, expiresAt },
      caller.id,
    );
    await this.#outbox.add(db, 'guest-invited', {
      spaceId: wanted.id,
      personId: person.uid,
      byId: caller.uid,
    });
    const detail = { person: person.uid, role: wanted.role, endsAt: expiresAt.toISOString() };
    await audit(db, { actorId: caller.id, action: 'guest.invited', resourceId: space.id, detail });
  }

  /** Ends a guest's access at once, everywhere. @throws Refused `not-found`, `not-allowed` (neither sponsor nor administrator) */
  async end(caller: Caller, uid: string) {
    await this.#database.transaction(async (db) => {
      const person = await findPersonByUid(db, uid);
      if (person?.kind !== 'guest') throw Refused.notFound();
      if (!caller.administrator && person.sponsorId !== caller.id) throw Refused.notAllowed();
      await setDisabled(db, person.id, new Date());
      await endByPerson(db, person.id);
      if (person.oidcSub !== null) await closeLater(db, person.oidcSub);
      await this.#outbox.add(db, 'guest-ended', { personId: person.uid, byId: caller.uid });
      await audit(db, { actorId: caller.id, action: 'guest.ended', detail: { person: person.uid } });
    });
    void this.#closing.look();
    return done;
  }
}

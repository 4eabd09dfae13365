import type { Db } from '@parvis/access/db';
import {
  createPerson,
  findPersonByEmail,
  findPersonBySub,
  type Person,
  type PersonChange,
  updatePerson,
} from '@parvis/access/people';
import type { Locale } from '@parvis/contract/shape';
import type { Account } from './claims.ts';

/** Why an account that the identity provider vouches for does not come in. The portal has a sentence for each. */
export type AdmissionCode = 'not-invited' | 'access-ended' | 'account-changed';

export class NotAdmitted extends Error {
  readonly code: AdmissionCode;
  constructor(code: AdmissionCode) {
    super(code);
    this.name = 'NotAdmitted';
    this.code = code;
  }
}

/** Realm roles. Administrators are members. */
const memberRoles = ['member', 'administrator'];

function hasEnded(person: Person): boolean {
  return person.disabledAt !== null || (person.endsAt !== null && person.endsAt.getTime() <= Date.now());
}

/** The person who was invited or entered before they had an account: matched only by an address that was verified. */
async function awaited(db: Db, account: Account): Promise<Person | null> {
  const person = await findPersonByEmail(db, account.email);
  // The same account may have been entered a moment ago, by a sign-in in another tab.
  if (person === null || person.oidcSub === account.sub) return person;
  // Another account holds the address: a re-used address must not open its former holder's things.
  if (person.oidcSub !== null) throw new NotAdmitted('account-changed');
  if (!account.emailVerified) throw new NotAdmitted('not-invited');
  return person;
}

/** What changes with each sign-in and renewal. A guest keeps the name that the sponsor gave: it is not theirs to choose. */
function changeOf(person: Person, account: Account, takesEmail: boolean): PersonChange {
  const change: PersonChange = {};
  if (person.oidcSub !== account.sub) change.oidcSub = account.sub;
  if (person.kind === 'guest') return change;
  if (person.name !== account.name) change.name = account.name;
  if (takesEmail && person.email.toLowerCase() !== account.email.toLowerCase()) change.email = account.email;
  const administrator = account.roles.has('administrator');
  if (person.administrator !== administrator) change.administrator = administrator;
  return change;
}

/**
 * Finds or makes the person of an account and brings them up to date. Members come in by their realm role; guests
 * only when they were invited and their time has not ended.
 * @param locale the language of the sign-in page, for somebody who comes for the first time
 * @throws NotAdmitted
 */
export async function admit(db: Db, account: Account, locale: Locale | undefined): Promise<Person> {
  const isMember = memberRoles.some((role) => account.roles.has(role));
  const person = (await findPersonBySub(db, account.sub)) ?? (await awaited(db, account));
  if (person === null) {
    if (!isMember) throw new NotAdmitted('not-invited');
    return createPerson(db, {
      oidcSub: account.sub,
      email: account.email,
      name: account.name,
      kind: 'member',
      locale: locale ?? account.locale ?? 'fr',
      administrator: account.roles.has('administrator'),
    });
  }
  if (hasEnded(person)) throw new NotAdmitted('access-ended');
  if (person.kind === 'member' && !isMember) throw new NotAdmitted('not-invited');
  const holder = await findPersonByEmail(db, account.email);
  const change = changeOf(person, account, holder === null || holder.id === person.id);
  return Object.keys(change).length === 0 ? person : updatePerson(db, person.id, change);
}

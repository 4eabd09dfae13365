import { randomUUID } from 'node:crypto';
import { hashPassword, passwordMatches } from './password.ts';
import { type PasswordRules, passwordRules, type Realm, type RealmPerson } from './realm.ts';
import type { Store } from './store.ts';

export const updatePassword = 'UPDATE_PASSWORD';

/** An account as it is stored: Keycloak's fields that we use. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly firstName: string;
  readonly lastName: string;
  readonly enabled: boolean;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly groups: readonly string[];
  readonly realmRoles: readonly string[];
  readonly requiredActions: readonly string[];
  readonly createdTimestamp: number;
}
type PasswordProblem = 'too-short' | 'too-long' | 'same-as-name';

/** The accounts. The realm's people are taken in once, as Keycloak's import does; after that the store is the truth. */
export class People {
  readonly #store: Store;
  readonly #realm: Realm;
  readonly rules: PasswordRules;

  constructor(store: Store, realm: Realm) {
    this.#store = store;
    this.#realm = realm;
    this.rules = passwordRules(realm.passwordPolicy);
  }

  /** Adds the realm's people that are not there yet. */
  async takeIn(): Promise<void> {
    const newcomers = this.#realm.users.filter(
      (one) => !one.serviceAccountClientId && !this.byName(one.username),
    );
    await Promise.all(newcomers.map((one) => this.#takeIn(one)));
  }

  async #takeIn(one: RealmPerson): Promise<void> {
    const credential = one.credentials.find(({ type, value }) => type === 'password' && value);
    const person = aPerson(one.id ?? randomUUID(), one);
    const actions = credential?.temporary ? [updatePassword] : [];
    this.#insert(
      { ...person, requiredActions: [...person.requiredActions, ...actions] },
      credential?.value ? await hashPassword(credential.value) : null,
    );
  }

  /** @returns the new account, or null when the name or the address is taken. */
  create(wanted: Partial<RealmPerson> & { username: string }): Person | null {
    const person = aPerson(randomUUID(), wanted);
    const taken = this.byName(person.username) ?? (person.email ? this.byName(person.email) : null);
    if (taken) return null;
    this.#insert(person, null);
    return person;
  }

  #insert(person: Person, password: string | null): void {
    this.#store.database
      .prepare('insert or ignore into person (id, username, email, card, password) values (?, ?, ?, ?, ?)')
      .run(person.id, person.username, person.email, JSON.stringify(person), password);
  }

  byId(id: string): Person | null {
    return fromRow(this.#store.database.prepare('select card from person where id = ?').get(id));
  }

  /** By user name or e-mail address, whatever the case. */
  byName(name: string): Person | null {
    const folded = fold(name);
    return fromRow(
      this.#store.database
        .prepare('select card from person where username = ? or email = ? limit 1')
        .get(folded, folded),
    );
  }

  list(offset: number, countMax: number): Person[] {
    return this.#store.database
      .prepare('select card from person order by username limit ? offset ?')
      .all(countMax, offset)
      .map((row) => JSON.parse(String(row.card)) as Person);
  }

  /** @returns false when the new name or address belongs to somebody else. */
  change(person: Person, changes: Partial<Person>): boolean {
    const next = { ...person, ...changes, id: person.id };
    const card = { ...next, username: fold(next.username), email: next.email ? fold(next.email) : null };
    for (const name of [card.username, card.email]) {
      const holder = name ? this.byName(name) : null;
      if (holder && holder.id !== person.id) return false;
    }
    this.#store.database
      .prepare('update person set username = ?, email = ?, card = ? where id = ?')
      .run(card.username, card.email, JSON.stringify(card), person.id);
    return true;
  }

  remove(id: string): void {
    this.#store.database.prepare('delete from person where id = ?').run(id);
  }

  /** Null for a wrong name, a wrong password and a closed account alike, in the same time. */
  async signIn(name: string, password: string): Promise<Person | null> {
    const person = this.byName(name);
    const right = await passwordMatches(password, person && this.#passwordOf(person.id));
    return person && right && person.enabled ? person : null;
  }

  async isPassword(person: Person, password: string): Promise<boolean> {
    return passwordMatches(password, this.#passwordOf(person.id));
  }

  #passwordOf(id: string): string | null {
    const row = this.#store.database.prepare('select password from person where id = ?').get(id);
    return typeof row?.password === 'string' ? row.password : null;
  }

  passwordProblem(person: Person, password: string): PasswordProblem | null {
    if (password.length < this.rules.lengthMin) return 'too-short';
    if (password.length > this.rules.lengthMax) return 'too-long';
    const folded = fold(password);
    return folded === person.username || folded === person.email ? 'same-as-name' : null;
  }

  /** Sets a password; a temporary one must be replaced at the next sign-in. */
  async setPassword(person: Person, password: string, temporary: boolean): Promise<void> {
    const hash = await hashPassword(password);
    this.#store.database.prepare('update person set password = ? where id = ?').run(hash, person.id);
    const others = person.requiredActions.filter((action) => action !== updatePassword);
    this.change(person, { requiredActions: temporary ? [...others, updatePassword] : others });
  }

  rolesOf(person: Person): string[] {
    const fromGroups = this.#realm.groups
      .filter(({ path }) => person.groups.includes(path))
      .flatMap(({ realmRoles }) => realmRoles);
    return [...new Set([...person.realmRoles, ...fromGroups])];
  }

  localeOf(person: Person): string {
    const own = person.attributes.locale?.[0];
    return own && this.#realm.supportedLocales.includes(own) ? own : this.#realm.defaultLocale;
  }

  /** Claims with Keycloak's names. */
  claimsOf(person: Person): Record<string, unknown> & { sub: string } {
    return {
      sub: person.id,
      preferred_username: person.username,
      name: [person.firstName, person.lastName].filter(Boolean).join(' ') || person.username,
      given_name: person.firstName || undefined,
      family_name: person.lastName || undefined,
      email: person.email ?? undefined,
      email_verified: person.emailVerified,
      locale: this.localeOf(person),
      realm_access: { roles: this.rolesOf(person) },
    };
  }
}

function aPerson(id: string, from: Partial<RealmPerson> & { username: string }): Person {
  return {
    id,
    username: fold(from.username),
    email: from.email ? fold(from.email) : null,
    emailVerified: from.emailVerified ?? false,
    firstName: from.firstName ?? '',
    lastName: from.lastName ?? '',
    enabled: from.enabled ?? true,
    attributes: from.attributes ?? {},
    groups: from.groups ?? [],
    realmRoles: from.realmRoles ?? [],
    requiredActions: from.requiredActions ?? [],
    createdTimestamp: Date.now(),
  };
}

function fold(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

function fromRow(row: Record<string, unknown> | undefined): Person | null {
  return row ? (JSON.parse(String(row.card)) as Person) : null;
}

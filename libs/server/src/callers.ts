import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AccessChange } from '@parvis/access/notify';
import { botTokenPrefix, findBotToken } from '@parvis/access/bots';
import { findPersonById, findPersonBySub, type Person } from '@parvis/access/people';
import { findSession } from '@parvis/access/sessions';
import { type Scope, scopes } from '@parvis/contract/operation';
import { Locale } from '@parvis/contract/shape';
import { bearerOf, type BearerTokens } from './bearer.ts';
import type { Caller } from './caller.ts';
import { cookieOf, sessionCookieName, sessionHashOf } from './cookies.ts';
import type { Database } from './database.ts';

/** Milliseconds a resolved session is remembered; a change of access drops it at once. */
const rememberedMs = 5_000;
const rememberedMax = 20_000;
/** Times a session is asked for again because something changed meanwhile. */
const triesMax = 5;

/** Milliseconds since 1970 of an end that never comes, for tokens without one. */
const never = new Date(8_640_000_000_000_000);

type Known = Omit<Caller, 'session' | 'expiresAt' | 'scopes'>;

/** A cookie's or token's caller, and the hash under which it is remembered. */
type Found = Pick<Caller, 'expiresAt' | 'scopes'> & { readonly person: Person };
/** Milliseconds for which a person who is not here is taken for a caller. */
const absentMs = 60_000;

function callerOf(person: Person): Known {
  const { id, uid, name, email, kind, organisation, administrator } = person;
  const locale = Locale.safeParse(person.locale);
  return {
    id,
    uid,
    name,
    email,
    kind,
    organisation,
    administrator,
    locale: locale.success ? locale.data : 'fr',
  };
}

/** A person who was disabled, or a guest past the end date, is nobody. */
function isActive(person: Person): boolean {
  return person.disabledAt === null && (person.endsAt === null || person.endsAt.getTime() > Date.now());
}

/** Finds out who is behind a cookie, a bearer token of a person, or the token of a bot. */
export class Callers {
  readonly #remembered = new Map<string, { caller: Caller; sponsorId: number | null; until: number }>();
  /** Asks anew for a caller's session or bot's token, for as long as somebody holds the caller. */
  readonly #anew = new WeakMap<Caller, () => Promise<Caller | null>>();
  /** One question to the database per request, however often it is asked. */
  readonly #asked = new WeakMap<object, Promise<Caller | null>>();
  #changesHeard = 0;
  readonly #cookie: string;
  readonly #database: Database;
  readonly #bearer: BearerTokens;

  constructor(database: Database, bearer: BearerTokens, publicUrl: string) {
    this.#database = database;
    this.#bearer = bearer;
    this.#cookie = sessionCookieName(publicUrl);
  }

  /** The person of a request, or null: no cookie, an expired, forged or ended one, a bad token. */
  of(request: Pick<IncomingMessage, 'headers'>): Promise<Caller | null> {
    const known = this.#asked.get(request);
    if (known) return known;
    const asked = this.#find(request);
    this.#asked.set(request, asked);
    return asked;
  }

  async #find(request: Pick<IncomingMessage, 'headers'>): Promise<Caller | null> {
    const bearer = bearerOf(request.headers.authorization);
    if (bearer?.startsWith(botTokenPrefix)) return this.#ofBot(bearer);
    if (bearer !== null) return this.#ofToken(bearer);
    const token = cookieOf(request.headers.cookie, this.#cookie);
    return token === null ? null : this.#ofSession(token);
  }

  async #ofSession(token: string): Promise<Caller | null> {
    const key = sessionHashOf(token)?.toString('hex');
    if (key === undefined) return null;
    return this.#kept(key, async () => {
      const found = await findSession(this.#database.db, token);
      return found && { person: found.person, expiresAt: found.session.expiresAt, scopes: null };
    });
  }

  async #ofBot(token: string): Promise<Caller | null> {
    return this.#kept(createHash('sha256').update(token).digest('hex'), async () => {
      const found = await findBotToken(this.#database.db, token);
      if (found === null) return null;
      const known = scopes.filter((one): one is Scope => found.scopes.includes(one));
      return { person: found.person, expiresAt: found.expiresAt ?? never, scopes: known };
    });
  }

  /** What is remembered under a hash, or else what is found now. */
  async #kept(key: string, find: () => Promise<Found | null>): Promise<Caller | null> {
    const now = Date.now();
    const known = this.#remembered.get(key);
    if (known && known.until > now && known.caller.expiresAt.getTime() > now) return known.caller;
    let found: Found | null = null;
    // A change that is heard while the answer is on its way may have made the answer untrue.
    for (let heard = -1, tries = 0; heard !== this.#changesHeard && tries < triesMax; tries += 1) {
      heard = this.#changesHeard;
      found = await find();
    }
    if (found === null) {
      this.#remembered.delete(key);
      return null;
    }
    const { person, expiresAt, scopes: narrowed } = found;
    const caller: Caller = { ...callerOf(person), session: key, scopes: narrowed, expiresAt };
    this.#anew.set(caller, () => this.#kept(key, find));
    if (this.#remembered.size >= rememberedMax) this.#remembered.clear();
    this.#remembered.set(key, { caller, sponsorId: person.sponsorId, until: now + rememberedMs });
    return caller;
  }

  async #ofToken(token: string): Promise<Caller | null> {
    const grant = await this.#bearer.check(token);
    if (grant === null) return null;
    const person = await findPersonBySub(this.#database.db, grant.subject);
    return person === null || !isActive(person)
      ? null
      : { ...callerOf(person), session: null, scopes: null, expiresAt: grant.expiresAt };
  }

  /**
   * A caller who was admitted earlier, as they are now: null when their session or they themselves have ended.
   * Asked of the database unless it was asked a moment ago and nothing changed since.
   */
  async again(caller: Caller): Promise<Caller | null> {
    const anew = this.#anew.get(caller);
    if (anew !== undefined) return anew();
    if (caller.expiresAt.getTime() <= Date.now()) return null;
    const person = await findPersonById(this.#database.db, caller.id);
    return person === null || !isActive(person) ? null : { ...caller, ...callerOf(person) };
  }

  /** A person for whom something is done that they asked for earlier; null when they may not come in any more. */
  async inAbsence(personId: number): Promise<Caller | null> {
    const person = await findPersonById(this.#database.db, personId);
    if (person === null || !isActive(person)) return null;
    return {
      ...callerOf(person),
      session: null,
      scopes: null,
      expiresAt: person.endsAt ?? new Date(Date.now() + absentMs),
    };
  }

  /** Forgets what a change of access may have made untrue. */
  forget(change: AccessChange): void {
    this.#changesHeard += 1;
    if (change.all) this.#remembered.clear();
    for (const session of change.sessions ?? []) this.#remembered.delete(session);
    const subjects = new Set(change.subjects ?? []);
    if (subjects.size === 0) return;
    // A bot is let in for as long as the person it answers to.
    for (const [key, { caller, sponsorId }] of this.#remembered)
      if (subjects.has(caller.id) || (sponsorId !== null && subjects.has(sponsorId)))
        this.#remembered.delete(key);
  }
}

import type { IncomingMessage } from 'node:http';
import type { AccessChange } from '@parvis/access/notify';
import { findPersonById, findPersonBySub, type Person } from '@parvis/access/people';
import { findSession } from '@parvis/access/sessions';
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

type Known = Omit<Caller, 'session' | 'expiresAt'>;

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

/** Finds out who is behind a cookie or a bearer token. */
export class Callers {
  readonly #remembered = new Map<string, { caller: Caller; until: number }>();
  /** The cookie behind a caller, for as long as somebody holds the caller; never written anywhere. */
  readonly #cookies = new WeakMap<Caller, string>();
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
    if (bearer !== null) return this.#ofToken(bearer);
    const token = cookieOf(request.headers.cookie, this.#cookie);
    return token === null ? null : this.#ofSession(token);
  }

  async #ofSession(token: string): Promise<Caller | null> {
    const key = sessionHashOf(token)?.toString('hex');
    if (key === undefined) return null;
    const now = Date.now();
    const known = this.#remembered.get(key);
    if (known && known.until > now && known.caller.expiresAt.getTime() > now) return known.caller;
    let found: Awaited<ReturnType<typeof findSession>> | undefined;
    // A change that is heard while the answer is on its way may have made the answer untrue.
    for (let heard = -1, tries = 0; heard !== this.#changesHeard && tries < triesMax; tries += 1) {
      heard = this.#changesHeard;
      found = await findSession(this.#database.db, token);
    }
    if (!found) {
      this.#remembered.delete(key);
      return null;
    }
    const caller: Caller = {
      ...callerOf(found.person),
      session: key,
      expiresAt: found.session.expiresAt,
    };
    this.#cookies.set(caller, token);
    if (this.#remembered.size >= rememberedMax) this.#remembered.clear();
    this.#remembered.set(key, { caller, until: now + rememberedMs });
    return caller;
  }

  async #ofToken(token: string): Promise<Caller | null> {
    const grant = await this.#bearer.check(token);
    if (grant === null) return null;
    const person = await findPersonBySub(this.#database.db, grant.subject);
    return person === null || !isActive(person)
      ? null
      : { ...callerOf(person), session: null, expiresAt: grant.expiresAt };
  }

  /**
   * A caller who was admitted earlier, as they are now: null when their session or they themselves have ended.
   * Asked of the database unless it was asked a moment ago and nothing changed since.
   */
  async again(caller: Caller): Promise<Caller | null> {
    const token = this.#cookies.get(caller);
    if (token !== undefined) return this.#ofSession(token);
    if (caller.expiresAt.getTime() <= Date.now()) return null;
    const person = await findPersonById(this.#database.db, caller.id);
    return person === null || !isActive(person) ? null : { ...caller, ...callerOf(person) };
  }

  /** Forgets what a change of access may have made untrue. */
  forget(change: AccessChange): void {
    this.#changesHeard += 1;
    if (change.all) this.#remembered.clear();
    for (const session of change.sessions ?? []) this.#remembered.delete(session);
    const subjects = new Set(change.subjects ?? []);
    if (subjects.size === 0) return;
    for (const [key, { caller }] of this.#remembered)
      if (subjects.has(caller.id)) this.#remembered.delete(key);
  }
}

import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { sweepSessions } from '@parvis/access/sessions';
import { findPersonById } from '@parvis/access/people';
import { Database } from '@parvis/server/database';
import * as oidc from 'openid-client';
import { admit, NotAdmitted } from './admission.ts';
import { type Account, accountOf } from './claims.ts';
import { IdentityProblem, Issuer } from './issuer.ts';
import { SessionTokens } from './sessions.ts';
import { forgetSpent } from './spent.ts';

/** Milliseconds between two looks for sessions whose tokens age. */
const lookMs = 10_000;
/** Looks between two sweeps of what has expired. */
const looksPerSweep = 60;
/** Sessions renewed at the same time by one process. */
const batchSize = 8;
/** Seconds until a session is tried again that another process took, or when the provider was away. */
const againSeconds = 60;

interface Due {
  readonly uid: string;
  readonly personId: number;
  readonly expiresAt: Date;
}

/**
 * Renews the tokens of sessions in use, so that what happens to an account at the identity provider (disabled, other
 * roles, signed out) takes effect here. A refused renewal ends the session; a provider that is away ends nothing.
 */
@Injectable()
export class Renewal implements OnModuleInit, OnModuleDestroy {
  readonly #log = new Logger('renewal');
  readonly #issuer: Issuer;
  readonly #database: Database;
  readonly #tokens: SessionTokens;
  #timer: NodeJS.Timeout | undefined;
  #looks = 0;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(issuer: Issuer, database: Database, tokens: SessionTokens) {
    this.#issuer = issuer;
    this.#database = database;
    this.#tokens = tokens;
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look()).catch((error) => this.#log.error(error));
    }, lookMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    this.#looks += 1;
    if (this.#looks % looksPerSweep === 0) {
      await forgetSpent(this.#database.db);
      await this.#database.transaction((db) => sweepSessions(db));
    }
    await this.renewDue();
  }

  /** Renews all that is due now. Resolves to how many sessions were looked at. */
  async renewDue(): Promise<number> {
    let looked = 0;
    for (;;) {
      const due = await this.#claim();
      await Promise.all(due.map((session) => this.#renew(session)));
      looked += due.length;
      if (due.length < batchSize) return looked;
    }
  }

  /** Takes a batch for this process: a refresh token may be used once only. */
  #claim(): Promise<Due[]> {
    return this.#database.db.query<Due>(
      `with due as (
         select n.session_uid from directory.renewal n join access.session s on s.uid = n.session_uid
          where n.due_at <= now() and s.seen_at > n.renewed_at and s.expires_at > now()
          order by n.due_at limit ${batchSize} for update of n skip locked)
       update directory.renewal n set due_at = now() + interval '${againSeconds} seconds'
         from due, access.session s where n.session_uid = due.session_uid and s.uid = due.session_uid
       returning s.uid, s.person_id as "personId", s.expires_at as "expiresAt"`,
    );
  }

  async #renew(session: Due): Promise<void> {
    try {
      const { refreshToken } = await this.#tokens.of(this.#database.db, session.uid);
      if (refreshToken === null) return await this.#end(session, 'not readable');
      const tokens = await this.#issuer.ask((configuration) =>
        oidc.refreshTokenGrant(configuration, refreshToken),
      );
      const account = tokens.claims() ? await accountOf(this.#issuer, tokens) : null;
      await this.#keep(session, account, tokens);
    } catch (error) {
      const passing = error instanceof IdentityProblem && error.code === 'identity-unavailable';
      const refused = error instanceof IdentityProblem || error instanceof NotAdmitted;
      if (refused && !passing) return await this.#end(session, error.code);
      this.#log.warn(`not renewed for now: ${String(error)}`);
    }
  }

  async #keep(session: Due, account: Account | null, tokens: oidc.TokenEndpointResponse): Promise<void> {
    await this.#database.transaction(async (db) => {
      const person = await findPersonById(db, session.personId);
      if (account !== null && person?.oidcSub !== account.sub) throw new NotAdmitted('account-changed');
      if (account !== null) await admit(db, account, undefined);
      await this.#tokens.keep(db, session, tokens);
    });
  }

  async #end(session: Due, why: string): Promise<void> {
    this.#log.warn(`session ended: ${why}`);
    await this.#database.transaction((db) =>
      this.#tokens.end(db, session.personId, session.uid, 'refresh-refused'),
    );
  }
}

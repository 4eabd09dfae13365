import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { findSession, listSessions } from '@parvis/access/sessions';
import type { Locale } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { cookieOf, sessionCookieName } from '@parvis/server/cookies';
import { Database } from '@parvis/server/database';
import { SETTINGS } from '@parvis/server/service';
import * as oidc from 'openid-client';
import type { DirectorySettings } from '../settings.ts';
import { admit, NotAdmitted } from './admission.ts';
import { accountOf } from './claims.ts';
import { dropCookie, setCookie } from './cookie.ts';
import { IdentityProblem, Issuer } from './issuer.ts';
import { localPath } from './local-path.ts';
import { type Login, LoginCookies, loginSecondsMax } from './login-cookie.ts';
import { SessionTokens } from './sessions.ts';
import { spend } from './spent.ts';

/** Where the browser goes next, and the Set-Cookie values it gets on the way. */
export interface Onward {
  readonly to: string;
  readonly cookies: readonly string[];
}

/** What a browser sends along. */
export interface Browser {
  readonly cookies: string | undefined;
  readonly userAgent: string | undefined;
}

const scope = 'openid email profile';

/** Whether somebody else entered the same person meanwhile: seen before the insert, or by PostgreSQL at it. */
function isTaken(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'email-taken' || code === '23505';
}

/** Signs people in at the identity provider: authorization code, PKCE, state and nonce, all bound to one browser. */
@Injectable()
export class SignIn {
  readonly #log = new Logger('sign-in');
  readonly #issuer: Issuer;
  readonly #database: Database;
  readonly #tokens: SessionTokens;
  readonly #logins: LoginCookies;
  readonly #publicUrl: string;
  readonly #sessionCookie: string;

  constructor(
    issuer: Issuer,
    database: Database,
    tokens: SessionTokens,
    @Inject(SETTINGS) settings: DirectorySettings,
  ) {
    this.#issuer = issuer;
    this.#database = database;
    this.#tokens = tokens;
    this.#publicUrl = settings.publicUrl;
    this.#logins = new LoginCookies(settings.sessionKey, settings.publicUrl);
    this.#sessionCookie = sessionCookieName(settings.publicUrl);
  }

  get #redirectUri(): string {
    return new URL('/auth/callback', this.#publicUrl).href;
  }

  /** Sends the browser to the identity provider. `to` is where it lands afterwards. */
  async begin(to: string | undefined, locale: Locale | undefined, browser: Browser): Promise<Onward> {
    const login: Login = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      to: localPath(to, this.#publicUrl),
      locale: locale ?? null,
      until: Date.now() + loginSecondsMax * 1000,
    };
    try {
      const configuration = await this.#issuer.configuration();
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: this.#redirectUri,
        scope,
        state: login.state,
        nonce: login.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(login.verifier),
        code_challenge_method: 'S256',
        ...(locale ? { ui_locales: locale } : {}),
      });
      return { to: url.href, cookies: this.#logins.keep(login, browser.cookies) };
    } catch (error) {
      return this.#problem(error, []);
    }
  }

  /** Takes the browser back from the identity provider. `url` is the callback's path and query as received. */
  async finish(url: string, browser: Browser): Promise<Onward> {
    const current = new URL(this.#redirectUri);
    current.search = new URL(url, this.#publicUrl).search;
    const login = this.#logins.find(current.searchParams.get('state') ?? undefined, browser.cookies);
    if (login === null) return this.#refuse('login-expired', []);
    const drop = [this.#logins.drop(login.state)];
    const key = createHash('sha256').update(login.state).digest();
    if (!(await spend(this.#database.db, 'login', key, new Date(login.until))))
      return this.#refuse('login-expired', drop);
    try {
      return await this.#admit(current, login, browser, drop);
    } catch (error) {
      return this.#problem(error, drop);
    }
  }

  async #admit(current: URL, login: Login, browser: Browser, drop: string[]): Promise<Onward> {
    const tokens = await this.#issuer.ask((configuration) =>
      oidc.authorizationCodeGrant(configuration, current, {
        pkceCodeVerifier: login.verifier,
        expectedState: login.state,
        expectedNonce: login.nonce,
        idTokenExpected: true,
      }),
    );
    const account = await accountOf(this.#issuer, tokens);
    const open = () =>
      this.#database.transaction(async (db) => {
        const person = await admit(db, account, login.locale ?? undefined);
        await this.#endBefore(browser.cookies, db);
        return this.#tokens.open(db, person, { tokens, sid: account.sid, userAgent: browser.userAgent });
      });
    // Two first sign-ins of one person at once: the later one finds the person whom the earlier one entered.
    const { session, cookie } = await open().catch((error: unknown) => {
      if (isTaken(error)) return open();
      throw error;
    });
    const kept = setCookie(this.#sessionCookie, cookie, {
      publicUrl: this.#publicUrl,
      maxAgeSeconds: (session.expiresAt.getTime() - Date.now()) / 1000,
    });
    return { to: login.to, cookies: [...drop, kept] };
  }

  /** The browser's earlier session would be out of reach of its owner: it ends. */
  async #endBefore(cookies: string | undefined, db: Database['db']): Promise<void> {
    const cookie = cookieOf(cookies, this.#sessionCookie);
    const before = cookie === null ? null : await findSession(db, cookie);
    if (before) await this.#tokens.end(db, before.person.id, before.session.uid, 'new-sign-in');
  }

  #refuse(code: string, cookies: readonly string[]): Onward {
    return { to: `/sign-in?problem=${code}`, cookies };
  }

  #problem(error: unknown, cookies: readonly string[]): Onward {
    if (error instanceof NotAdmitted) return this.#refuse(error.code, cookies);
    if (error instanceof IdentityProblem) {
      this.#log.warn(`${error.code}: ${String(error.cause)}`);
      return this.#refuse(error.code, cookies);
    }
    this.#log.error(error);
    return this.#refuse('internal', cookies);
  }

  /** Ends the caller's session and sends the browser to the identity provider, to end the one there. */
  async signOut(caller: Caller | null): Promise<Onward> {
    const cookies = [dropCookie(this.#sessionCookie, this.#publicUrl)];
    const idToken = caller === null ? null : await this.#endOwn(caller);
    const home = new URL('/sign-in', this.#publicUrl).href;
    try {
      const configuration = await this.#issuer.configuration();
      if (idToken === null || !configuration.serverMetadata().end_session_endpoint)
        return { to: '/sign-in', cookies };
      const url = oidc.buildEndSessionUrl(configuration, {
        id_token_hint: idToken,
        post_logout_redirect_uri: home,
      });
      return { to: url.href, cookies };
    } catch {
      // The provider is away: our session has ended all the same.
      return { to: '/sign-in', cookies };
    }
  }

  async #endOwn(caller: Caller): Promise<string | null> {
    const open = await listSessions(this.#database.db, caller.id);
    const session = open.find(({ hash }) => hash === caller.session);
    if (!session) return null;
    const { idToken } = await this.#tokens.of(this.#database.db, session.uid);
    await this.#database.transaction((db) => this.#tokens.end(db, caller.id, session.uid, 'sign-out'));
    return idToken;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import type { Person } from '@parvis/access/people';
import { createSession, endSession, renewSession, type Session, tokensOf } from '@parvis/access/sessions';
import { SETTINGS } from '@parvis/server/service';
import type { TokenEndpointResponse } from 'openid-client';
import type { DirectorySettings } from '../settings.ts';
import { Seal } from './seal.ts';

/** Share of an access token's life after which its session is renewed. */
const renewAfterShare = 0.8;
/** Seconds taken for an access token that does not say how long it lives. */
const tokenSecondsDefault = 300;
/** Hours of a session that cannot be renewed, since the provider gave no refresh token. */
const hoursUnrenewable = 1;

function dueAt(tokens: Pick<TokenEndpointResponse, 'expires_in'>): Date {
  return new Date(Date.now() + (tokens.expires_in ?? tokenSecondsDefault) * renewAfterShare * 1000);
}

/** Session rows with the provider's tokens, which are sealed before they reach the database. */
@Injectable()
export class SessionTokens {
  readonly #seal: Seal;
  readonly #hours: number;

  constructor(@Inject(SETTINGS) settings: DirectorySettings) {
    this.#seal = new Seal(settings.sessionKey, 'tokens');
    this.#hours = settings.sessionHours;
  }

  /** Opens a session and writes so to the journal. `cookie` is the value for the browser. */
  async open(
    db: Db,
    person: Person,
    given: { tokens: TokenEndpointResponse; sid: string | null; userAgent: string | undefined },
  ): Promise<{ session: Session; cookie: string }> {
    const { tokens } = given;
    const hours = tokens.refresh_token ? this.#hours : Math.min(this.#hours, hoursUnrenewable);
    const opened = await createSession(db, {
      personId: person.id,
      expiresAt: new Date(Date.now() + hours * 3_600_000),
      oidcSid: given.sid,
      idToken: tokens.id_token ? this.#seal.close(tokens.id_token) : null,
      refreshToken: tokens.refresh_token ? this.#seal.close(tokens.refresh_token) : null,
      userAgent: given.userAgent ?? null,
    });
    if (tokens.refresh_token) {
      await db.query('insert into directory.renewal (session_uid, due_at) values ($1, $2)', [
        opened.session.uid,
        dueAt(tokens),
      ]);
    }
    await audit(db, {
      actorId: person.id,
      action: 'session.opened',
      detail: { session: opened.session.uid },
    });
    return opened;
  }

  /** Keeps renewed tokens; the session's end stays where it was. */
  async keep(
    db: Db,
    session: { uid: string; expiresAt: Date },
    tokens: TokenEndpointResponse,
  ): Promise<void> {
    await renewSession(db, session.uid, {
      idToken: tokens.id_token ? this.#seal.close(tokens.id_token) : null,
      refreshToken: tokens.refresh_token ? this.#seal.close(tokens.refresh_token) : null,
      expiresAt: session.expiresAt,
    });
    await db.query('update directory.renewal set renewed_at = now(), due_at = $2 where session_uid = $1', [
      session.uid,
      dueAt(tokens),
    ]);
  }

  /** The provider's tokens of a session; null for what is missing or was sealed with another key. */
  async of(db: Db, sessionUid: string): Promise<{ idToken: string | null; refreshToken: string | null }> {
    const kept = await tokensOf(db, sessionUid);
    const open = (sealed: string | null | undefined) => (sealed ? this.#seal.open(sealed) : null);
    return { idToken: open(kept?.idToken), refreshToken: open(kept?.refreshToken) };
  }

  /** Ends one session of a person, everywhere; `why` goes to the journal. False when it was not theirs or is gone. */
  async end(
    db: Db,
    personId: number,
    sessionUid: string,
    why: 'sign-out' | 'revoked' | 'refresh-refused' | 'new-sign-in',
  ): Promise<boolean> {
    const ended = await endSession(db, personId, sessionUid);
    for (const { uid } of ended)
      await audit(db, { actorId: personId, action: 'session.ended', detail: { session: uid, why } });
    return ended.length > 0;
  }
}

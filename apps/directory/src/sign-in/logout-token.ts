import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { findPersonBySub } from '@parvis/access/people';
import { endByPerson, endBySid } from '@parvis/access/sessions';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { Issuer } from './issuer.ts';
import { spend } from './spent.ts';

/** Signatures only: never `none`, and no symmetric one, which whoever holds our secret could make. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Seconds a logout token may be old, and that clocks may differ. */
const ageSecondsMax = 300;
const clockSeconds = 30;
const tokenLengthMax = 16_000;
const event = 'http://schemas.openid.net/event/backchannel-logout';

/** OpenID Connect Back-Channel Logout 1.0 §2.4. */
const LogoutClaims = z
  .object({
    iat: z.number(),
    jti: z.string().min(1).max(500),
    sub: z.string().max(255).optional(),
    sid: z.string().max(255).optional(),
    events: z.object({ [event]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine((claims) => claims.sub !== undefined || claims.sid !== undefined);
type LogoutClaims = z.infer<typeof LogoutClaims>;

/** Ends sessions when the identity provider says that a person signed out there, or was signed out. */
@Injectable()
export class LogoutTokens {
  readonly #issuer: Issuer;
  readonly #database: Database;

  constructor(issuer: Issuer, database: Database) {
    this.#issuer = issuer;
    this.#database = database;
  }

  /** @throws Refused `bad-logout-token` for one that is not the issuer's, not for us, too old or used before */
  async accept(raw: unknown): Promise<void> {
    const claims = await this.#check(raw);
    const key = createHash('sha256').update(claims.jti).digest();
    const until = new Date((claims.iat + ageSecondsMax + 2 * clockSeconds) * 1000);
    await this.#database.transaction(async (db) => {
      if (!(await spend(db, 'logout-token', key, until))) throw Refused.badInput([], 'bad-logout-token');
      await this.#end(db, claims);
    });
  }

  async #check(raw: unknown): Promise<LogoutClaims> {
    const refused = () => Refused.badInput([], 'bad-logout-token');
    if (typeof raw !== 'string' || raw.length > tokenLengthMax) throw refused();
    const keys = await this.#issuer.keys().catch(() => {
      throw Refused.unavailable('identity-unavailable');
    });
    const verified = await jwtVerify(raw, keys, {
      issuer: this.#issuer.url,
      audience: this.#issuer.clientId,
      algorithms,
      maxTokenAge: ageSecondsMax,
      clockTolerance: clockSeconds,
    }).catch(() => {
      throw refused();
    });
    const kind = verified.protectedHeader.typ?.toLowerCase();
    // Keycloak before 26 said plain `JWT`; an ID token says the same, but carries no logout event.
    if (kind !== undefined && kind !== 'jwt' && kind !== 'logout+jwt') throw refused();
    const claims = LogoutClaims.safeParse(verified.payload);
    if (!claims.success) throw refused();
    return claims.data;
  }

  async #end(db: Db, { sid, sub }: LogoutClaims): Promise<void> {
    const person = sub === undefined ? null : await findPersonBySub(db, sub);
    const ended =
      sid !== undefined ? await endBySid(db, sid) : person ? await endByPerson(db, person.id) : [];
    for (const session of ended) {
      const detail = { session: session.uid, why: 'identity-provider' };
      await audit(db, { actorId: session.personId, action: 'session.ended', detail });
    }
  }
}

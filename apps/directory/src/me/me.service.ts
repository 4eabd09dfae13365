import { Injectable } from '@nestjs/common';
import { updatePerson } from '@parvis/access/people';
import { audit } from '@parvis/access/audit';
import { listSessions } from '@parvis/access/sessions';
import { type Me, type setPreferences, Theme } from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { Issuer } from '../sign-in/issuer.ts';
import { SessionTokens } from '../sign-in/sessions.ts';
import { browserName } from './browser-name.ts';
import * as oidc from 'openid-client';

/** What a person may know and change of themselves. */
@Injectable()
export class MeService {
  readonly #database: Database;
  readonly #tokens: SessionTokens;
  readonly #issuer: Issuer;
  readonly #changes: AccessChanges;

  constructor(database: Database, changes: AccessChanges, tokens: SessionTokens, issuer: Issuer) {
    this.#database = database;
    this.#changes = changes;
    this.#tokens = tokens;
    this.#issuer = issuer;
  }

  async get(caller: Caller, locale: Me['locale'] = caller.locale): Promise<Me> {
    const [row] = await this.#database.db.query<{ theme: string }>(
      'select theme from directory.preference where person_id = $1',
      [caller.id],
    );
    const theme = Theme.safeParse(row?.theme);
    return {
      person: presentPerson(caller),
      email: caller.email,
      locale,
      theme: theme.success ? theme.data : 'system',
      administrator: caller.administrator,
      sessionExpiresAt: caller.expiresAt.toISOString(),
    };
  }

  async prefer(caller: Caller, { locale, theme }: InputOf<typeof setPreferences>): Promise<Me> {
    await this.#database.transaction(async (db) => {
      if (locale !== undefined) await updatePerson(db, caller.id, { locale });
      if (theme !== undefined) {
        await db.query(
          `insert into directory.preference (person_id, theme) values ($1, $2)
           on conflict (person_id) do update set theme = excluded.theme`,
          [caller.id, theme],
        );
      }
      await audit(db, {
        actorId: caller.id,
        action: 'person.preferences-changed',
        detail: { locale, theme },
      });
    });
    await this.#changes.counts();
    return this.get(caller, locale);
  }

  async sessions(caller: Caller) {
    const open = await listSessions(this.#database.db, caller.id);
    return {
      sessions: open.map((session) => ({
        id: session.uid,
        current: session.hash === caller.session,
        browser: browserName(session.userAgent),
        createdAt: session.createdAt.toISOString(),
        seenAt: session.seenAt.toISOString(),
      })),
    };
  }

  /** Ends one of the caller's sessions, here and, as far as it can be reached, at the identity provider. */
  async endSession(caller: Caller, sessionUid: string): Promise<typeof done> {
    const open = await listSessions(this.#database.db, caller.id);
    if (!open.some(({ uid }) => uid === sessionUid)) throw Refused.notFound();
    const { refreshToken } = await this.#tokens.of(this.#database.db, sessionUid);
    await this.#database.transaction((db) => this.#tokens.end(db, caller.id, sessionUid, 'revoked'));
    await this.#changes.counts();
    if (refreshToken !== null) {
      // Best effort: the session is over here whatever the provider answers.
      void this.#issuer
        .ask((configuration) => oidc.tokenRevocation(configuration, refreshToken))
        .catch(() => undefined);
    }
    return done;
  }
}

import type Provider from 'oidc-provider';
import { z } from 'zod';
import type { Store } from './store.ts';

const SessionRow = z.object({
  jti: z.string(),
  uid: z.string(),
  accountId: z.string().optional(),
  authorizations: z
    .record(z.string(), z.object({ sid: z.string().optional(), grantId: z.string().optional() }))
    .default({}),
});
export type SessionRow = z.output<typeof SessionRow>;

/** The people's sessions: found, and ended everywhere at once. */
export class Sessions {
  readonly #store: Store;
  readonly #provider: Provider;
  readonly #warn: (line: string) => void;

  constructor(store: Store, provider: Provider, warn: (line: string) => void) {
    this.#store = store;
    this.#provider = provider;
    this.#warn = warn;
  }

  bySid(sid: string): SessionRow | null {
    return (
      this.#find(
        `exists (select 1 from json_each(payload, '$.authorizations') as one where one.value ->> 'sid' = ?)`,
        sid,
      )[0] ?? null
    );
  }

  byUid(uid: string): SessionRow | null {
    return this.#find('uid = ?', uid)[0] ?? null;
  }

  byCookie(id: string): SessionRow | null {
    return this.#find('id = ?', id)[0] ?? null;
  }

  of(personId: string): SessionRow[] {
    return this.#find(`payload ->> 'accountId' = ?`, personId);
  }

  #find(condition: string, value: string): SessionRow[] {
    return this.#store.database
      .prepare(
        `select payload from record where kind = 'Session' and expires_at > unixepoch() and ${condition}`,
      )
      .all(value)
      .map((row) => SessionRow.parse(JSON.parse(String(row.payload))));
  }

  /** First the session and all its grants and tokens go, durably; then each client is told by a signed token. */
  async end(session: SessionRow): Promise<void> {
    const { database } = this.#store;
    database.prepare(`delete from record where kind = 'Session' and id = ?`).run(session.jti);
    for (const { grantId } of Object.values(session.authorizations)) {
      if (!grantId) continue;
      database.prepare('delete from record where grant_id = ?').run(grantId);
      database.prepare(`delete from record where kind = 'Grant' and id = ?`).run(grantId);
    }
    const told = Object.entries(session.authorizations).map(([clientId, { sid }]) =>
      this.#tell(clientId, session.accountId, sid),
    );
    await Promise.all(told);
  }

  async endAllOf(personId: string): Promise<void> {
    for (const session of this.of(personId)) await this.end(session);
  }

  /** A client that does not answer keeps nobody signed in here: its tokens are gone already. */
  async #tell(clientId: string, personId: string | undefined, sid: string | undefined): Promise<void> {
    const client = await this.#provider.Client.find(clientId);
    if (!client?.backchannelLogoutUri || !personId || !sid) return;
    try {
      await client.backchannelLogout(personId, sid);
    } catch (error) {
      this.#warn(
        `back-channel logout of ${clientId} failed: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
}

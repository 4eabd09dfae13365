import type { StatementSync } from 'node:sqlite';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { type Store, seconds } from './store.ts';

/** Where oidc-provider keeps one kind of thing (Session, Grant, RefreshToken …): rows of the `record` table. */
export class Records implements Adapter {
  readonly #kind: string;
  readonly #put: StatementSync;
  readonly #get: StatementSync;
  readonly #getByUid: StatementSync;
  readonly #consume: StatementSync;
  readonly #drop: StatementSync;
  readonly #dropByGrant: StatementSync;

  constructor(store: Store, kind: string) {
    const { database } = store;
    this.#kind = kind;
    this.#put = database.prepare(
      `insert into record (kind, id, payload, expires_at, grant_id, uid) values (?, ?, ?, ?, ?, ?)
       on conflict (kind, id) do update set payload = excluded.payload, expires_at = excluded.expires_at,
         grant_id = excluded.grant_id, uid = excluded.uid`,
    );
    const alive = '(expires_at is null or expires_at > ?)';
    this.#get = database.prepare(`select payload from record where kind = ? and id = ? and ${alive}`);
    this.#getByUid = database.prepare(`select payload from record where kind = ? and uid = ? and ${alive}`);
    this.#consume = database.prepare(
      `update record set payload = json_set(payload, '$.consumed', ?) where kind = ? and id = ?`,
    );
    this.#drop = database.prepare('delete from record where kind = ? and id = ?');
    this.#dropByGrant = database.prepare('delete from record where kind = ? and grant_id = ?');
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const expiresAt = expiresIn ? seconds() + expiresIn : null;
    this.#put.run(
      this.#kind,
      id,
      JSON.stringify(payload),
      expiresAt,
      payload.grantId ?? null,
      payload.uid ?? null,
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return parsed(this.#get.get(this.#kind, id, seconds()));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return parsed(this.#getByUid.get(this.#kind, uid, seconds()));
  }

  /** Device flow is Keycloak's; the stand-in does not offer it. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    this.#consume.run(seconds(), this.#kind, id);
  }

  async destroy(id: string): Promise<void> {
    this.#drop.run(this.#kind, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#dropByGrant.run(this.#kind, grantId);
  }
}

function parsed(row: Record<string, unknown> | undefined): AdapterPayload | undefined {
  return row && (JSON.parse(String(row.payload)) as AdapterPayload);
}

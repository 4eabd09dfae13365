import { AccessError } from './errors.ts';

/**
 * The one thing this library asks of a database: run a statement, get its rows. Whoever opened the transaction
 * decides what commits together; nothing here opens, commits or rolls back. Isolation must be READ COMMITTED
 * (PostgreSQL's default): the tree's locks rely on each statement seeing what was committed before it.
 */
export type Db = { query<T>(sql: string, params?: unknown[]): Promise<T[]> };

type PgLike = { query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }> };
type TypeormLike = { query(sql: string, params?: unknown[]): Promise<unknown> };

/** A Db over a `pg` client or pool. */
export function fromPg(client: PgLike): Db {
  return {
    query: async <T>(sql: string, params: unknown[] = []) => (await client.query(sql, params)).rows as T[],
  };
}

/** A Db over a TypeORM manager, data source or query runner, which answer `[rows, count]` to UPDATE and DELETE. */
export function fromTypeorm(manager: TypeormLike): Db {
  return {
    query: async <T>(sql: string, params: unknown[] = []) => {
      const answer = await manager.query(sql, params);
      if (!Array.isArray(answer)) return [];
      const counted = answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number';
      return (counted ? answer[0] : answer) as T[];
    },
  };
}

type PgClient = PgLike & { release(): void };

/** Runs `work` in one transaction on a connection of `pool`; rolls back and rethrows when it throws. */
export async function transaction<T>(
  pool: { connect(): Promise<PgClient> },
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(fromPg(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const uidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for text that PostgreSQL takes as a uuid; anything else names nothing and must not reach the database. */
export function isUid(text: unknown): text is string {
  return typeof text === 'string' && uidShape.test(text);
}

/** The single row of an answer; throws AccessError 'not-found' when there is none. */
export function one<T>(rows: T[]): T {
  const row = rows[0];
  if (row === undefined) throw new AccessError('not-found');
  return row;
}

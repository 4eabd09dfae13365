import type { Db } from '@parvis/access/db';
import type { Pool } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';

/** Milliseconds one statement may take before PostgreSQL ends it. */
export const statementMsMax = 15_000;

async function rows<T>(runner: QueryRunner, sql: string, params?: unknown[]): Promise<T[]> {
  const result = (await runner.query(sql, params as unknown[], true)) as { records?: T[] };
  return result.records ?? [];
}

/** The access library's view of a transaction. */
function dbOf(runner: QueryRunner): Db {
  return { query: <T>(sql: string, params?: unknown[]) => rows<T>(runner, sql, params) };
}

/** Statements under a name each, which PostgreSQL keeps prepared for as long as a connection lives. */
function preparing(pool: Pool): Db {
  const names = new Map<string, string>();
  return {
    query: async <T>(text: string, values?: unknown[]) => {
      const name = names.get(text) ?? `often-${names.size + 1}`;
      names.set(text, name);
      return (await pool.query({ name, text, ...(values ? { values } : {}) })).rows as T[];
    },
  };
}

/** A service's own connection pool: reads outside, and writes inside, a transaction. */
export class Database {
  readonly source: DataSource;
  readonly url: string;
  /** For single statements outside a transaction; each borrows a connection from the pool. */
  readonly db: Db;
  /** The same for the few statements that run all the time: each connection parses and plans each of them once. */
  readonly often: Db;

  constructor(source: DataSource, url: string) {
    this.source = source;
    this.url = url;
    this.db = {
      query: async <T>(sql: string, params?: unknown[]) => {
        const runner = source.createQueryRunner();
        try {
          return await rows<T>(runner, sql, params);
        } finally {
          await runner.release();
        }
      },
    };
    this.often = preparing((source.driver as unknown as { master: Pool }).master);
  }

  /**
   * Runs `act` in one transaction: rows, outbox, audit and access rows come together or not at all.
   * `manager` gives TypeORM's repositories in the same transaction.
   */
  transaction<T>(act: (db: Db, manager: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction((manager) => {
      if (!manager.queryRunner) throw new Error('a transaction without a query runner');
      return act(dbOf(manager.queryRunner), manager);
    });
  }
}

/** Connects; the pool holds at most `connectionsMax` connections. */
export async function connect(options: {
  name: string;
  url: string;
  // TypeORM names entities by their constructor
  entities: readonly (Function | object)[];
  connectionsMax: number;
}): Promise<Database> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.name,
    applicationName: `parvis-${options.name}`,
    entities: options.entities as never[],
    synchronize: false,
    migrationsRun: false,
    logging: false,
    extra: { max: options.connectionsMax, idleTimeoutMillis: 30_000, statement_timeout: statementMsMax },
  });
  await source.initialize();
  return new Database(source, options.url);
}

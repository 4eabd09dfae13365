import { Injectable } from '@nestjs/common';
import { Database } from '@parvis/server/database';

/** Secrets that this service makes for itself, the same for all its processes. */
@Injectable()
export class Secrets {
  constructor(private readonly database: Database) {}

  /** The secret of this name; `make` is kept if there was none. */
  async get<T>(name: string, make: () => T): Promise<T> {
    const { db } = this.database;
    const read = () => db.query<{ value: T }>('select value from notify.secret where name = $1', [name]);
    const [known] = await read();
    if (known) return known.value;
    await db.query('insert into notify.secret (name, value) values ($1, $2::jsonb) on conflict do nothing', [
      name,
      JSON.stringify(make()),
    ]);
    const [kept] = await read();
    return (kept as { value: T }).value;
  }
}

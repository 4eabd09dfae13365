import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';

/** Who is at a screen of this house. */
@Injectable()
export class Here {
  /** Those of these people who are here now, by subject id. */
  async among(_db: Db, _people: readonly number[]): Promise<number[]> {
    return [];
  }
}

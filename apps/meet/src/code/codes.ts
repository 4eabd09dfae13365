import { Injectable } from '@nestjs/common';
import { codeGuessSizeMax } from '@parvis/contract/limits';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { type MeetingRow, meetingColumns } from '../meeting/meeting-row.ts';

const windowMinutes = 10;

/** Who guesses: a person, or an address for whoever has no session. */
export interface Guesser {
  readonly caller: Caller | null;
  readonly address: string;
}

/** Finds meetings by their codes, and counts wrong guesses over all processes. */
@Injectable()
export class Codes {
  constructor(private readonly database: Database) {}

  /**
   * The meeting of a code, whoever asks.
   * @throws Refused `not-found` (counted), `too-many-requests` (after too many of them, for right codes too)
   */
  async meeting(code: string, { caller, address }: Guesser): Promise<MeetingRow & { title: string }> {
    const { db } = this.database;
    const who = caller === null ? `address ${address}` : `person ${caller.id}`;
    const [counted] = await db.query<{ wrong: number }>(
      `select count(*)::int as wrong from meet.guess
        where who = $1 and at > now() - make_interval(mins => ${windowMinutes})`,
      [who],
    );
    if ((counted?.wrong ?? 0) >= codeGuessSizeMax) throw new Refused(429, 'too-many-requests');
    const [row] = await db.query<MeetingRow & { title: string }>(
      `select ${meetingColumns}, r.title from meet.meeting m join access.resource r on r.id = m.resource_id
        where m.code = $1 and r.trash_id is null`,
      [code],
    );
    if (row !== undefined) return row;
    await db.query('insert into meet.guess (who) values ($1)', [who]);
    throw Refused.notFound();
  }
}

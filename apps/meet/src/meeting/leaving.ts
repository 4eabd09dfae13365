import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { peopleByIds, type Person } from '@parvis/access/people';
import { load } from '@parvis/access/read';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { LiveKit } from '../livekit.ts';

interface OpenStay {
  room: string;
  identity: string;
  personId: number;
}

/** Whoever loses the right to a meeting is taken out of its room at once. */
@Injectable()
export class Leaving implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly changes: AccessChanges,
    private readonly livekit: LiveKit,
  ) {}

  onModuleInit(): void {
    this.changes.on((change) => this.recheck(change));
  }

  async recheck(change: AccessChange): Promise<void> {
    const { db } = this.database;
    const open = await db.query<OpenStay>(
      `select m.uid as room, s.identity, s.person_id as "personId" from meet.stay s
         join meet.meeting m on m.resource_id = s.meeting_id where s.left_at is null`,
    );
    if (open.length === 0) return;
    const concerned =
      change.all || change.resources?.length
        ? open
        : open.filter((one) => change.subjects?.includes(one.personId));
    // A group or everyone may stand for anybody in the room, so a named subject that is nobody's concerns all.
    const known = new Set(open.map((one) => one.personId));
    const wide = change.subjects?.some((subject) => !known.has(subject)) === true;
    const stays = wide ? open : concerned;
    const people = new Map(
      (await peopleByIds(db, [...new Set(stays.map((one) => one.personId))])).map((one) => [one.id, one]),
    );
    await Promise.all(stays.map((stay) => this.#removeIfStranger(stay, people.get(stay.personId))));
  }

  async #removeIfStranger(stay: OpenStay, person: Person | undefined): Promise<void> {
    const seen = person ? await load(this.database.db, person, stay.room, { kind: 'meeting' }) : null;
    if (seen === null) await this.livekit.remove(stay.room, stay.identity);
  }
}

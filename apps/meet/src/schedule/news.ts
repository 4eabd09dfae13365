import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { type Happening, happen } from '@parvis/access/happenings';
import type { Caller } from '@parvis/server/caller';
import { Letters, type Someone } from '../invitation/letters.ts';
import { peopleInvited, type PlanRow } from './rows.ts';
import type { Gone } from './times.ts';

type Why = Extract<Happening, { what: 'meeting' }>['detail']['why'];

/** Tells those invited what became of a meeting: in their inboxes, and by letters for their calendars. */
@Injectable()
export class PlanNews {
  constructor(private readonly letters: Letters) {}

  /** That they are invited. */
  async added(db: Db, caller: Caller, plan: PlanRow, who: readonly Someone[]): Promise<void> {
    if (who.length === 0) return;
    await this.#happen(db, caller, plan, 'invited', await this.letters.invited(db, plan, who));
  }

  /** That it is held at other times, or under other words; `except` were only now invited and know no others. */
  async changed(
    db: Db,
    caller: Caller,
    plan: PlanRow,
    what: { gone: readonly Gone[]; except: readonly Someone[] },
  ): Promise<void> {
    await this.#happen(db, caller, plan, 'meeting-changed', await this.letters.changed(db, plan, what));
  }

  /** That it is not held. */
  async cancelled(db: Db, caller: Caller, plan: PlanRow): Promise<void> {
    await this.letters.cancelled(db, plan);
    await this.#happen(db, caller, plan, 'meeting-cancelled', await peopleInvited(db, plan.id));
  }

  /** Whoever is no longer invited may not see the meeting any more: only their calendars are told. */
  async withdrawn(db: Db, plan: PlanRow, who: readonly Someone[]): Promise<void> {
    await this.letters.withdraw(db, plan, who);
  }

  async #happen(
    db: Db,
    caller: Caller,
    { id: resourceId }: PlanRow,
    why: Why,
    people: readonly number[],
  ): Promise<void> {
    if (people.length === 0) return;
    const detail = { why, people: [...people], at: null };
    await happen(db, { what: 'meeting', actorId: caller.id, resourceId, detail });
  }
}

import { Injectable } from '@nestjs/common';
import { load } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import type { Person as PersonRow } from '@parvis/access/people';
import { peopleByIds } from '@parvis/access/people';
import type { Person } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbound, OutboundError } from '@parvis/server/outbound';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';

/** A channel whose integrations somebody may look after. */
export interface HookPlace {
  readonly channelId: number;
  readonly channelUid: string;
  /** The space, for those who manage it as well. */
  readonly spaceId: number | null;
}

/** Who may look after integrations, and which addresses they may name. */
@Injectable()
export class HookPlaces {
  constructor(
    private readonly database: Database,
    private readonly outbound: Outbound,
  ) {}

  /** @throws Refused `not-found` for strangers, `not-allowed` for those who do not manage the channel */
  async managed(caller: Caller, channelUid: string): Promise<HookPlace> {
    const { db } = this.database;
    const channel = await load(db, caller, channelUid, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    if (!atLeast(channel.role, 'manager')) throw Refused.notAllowed();
    const space =
      channel.spaceUid === null ? null : await load(db, caller, channel.spaceUid, { kind: 'space' });
    const managesSpace = space !== null && atLeast(space.role, 'manager');
    return { channelId: channel.id, channelUid: channel.uid, spaceId: managesSpace ? space.id : null };
  }

  /** @throws Refused `hook-address-bad`, `hook-address-refused` */
  async checkAddress(url: string): Promise<void> {
    try {
      await this.outbound.check(url);
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const code = error.reason === 'bad-address' ? 'hook-address-bad' : 'hook-address-refused';
      throw Refused.badInput([{ path: 'url', code: 'invalid' }], code);
    }
  }

  /** The people who made these, by their subject ids. */
  async people(rows: readonly { readonly byId: number }[]): Promise<(id: number) => Person | null> {
    const ids = [...new Set(rows.map(({ byId }) => byId))];
    const people = ids.length === 0 ? [] : await peopleByIds(this.database.db, ids);
    const byId = new Map<number, PersonRow>(people.map((one) => [one.id, one]));
    return (id) => {
      const found = byId.get(id);
      return found ? presentPerson(found) : null;
    };
  }
}

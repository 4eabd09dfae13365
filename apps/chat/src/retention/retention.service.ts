import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { findPersonByUid } from '@parvis/access/people';
import { findResource } from '@parvis/access/tree';
import { likePattern, searchKey } from '@parvis/access/titles';
import type { ChannelOfHouse, ChatPolicy, Hold, placeHold } from '@parvis/contract/chat-retention';
import type { InputOf } from '@parvis/contract/operation';
import { done, type Person } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { personSql } from '../message/message-state.ts';
import { RetentionJob } from './retention.job.ts';

/** Holds, and channels found by name, in one answer. */
const holdsMax = 500;
const foundMax = 20;

/** How long messages stay, and the legal holds that win over it. For administrators; each act is in the journal. */
@Injectable()
export class Retention {
  readonly #database: Database;
  readonly #job: RetentionJob;

  constructor(database: Database, job: RetentionJob) {
    this.#database = database;
    this.#job = job;
  }

  async policy(): Promise<ChatPolicy> {
    const [row] = await this.#database.db.query<ChatPolicy>(
      'select retention_days as "retentionDays", managers_choose as "managersChoose" from chat.policy',
    );
    return row ?? { retentionDays: null, managersChoose: true };
  }

  async setPolicy(caller: Caller, policy: ChatPolicy): Promise<ChatPolicy> {
    await this.#database.transaction(async (db) => {
      await db.query('update chat.policy set retention_days = $1, managers_choose = $2', [
        policy.retentionDays,
        policy.managersChoose,
      ]);
      await audit(db, { actorId: caller.id, action: 'chat.policy-set', detail: policy });
    });
    return this.policy();
  }

  async apply(caller: Caller): Promise<typeof done> {
    await this.#database.transaction(async (db) => {
      await this.#job.send(db);
      await audit(db, { actorId: caller.id, action: 'chat.retention-asked' });
    });
    return done;
  }

  async holds(): Promise<{ holds: Hold[] }> {
    return { holds: await findHolds(this.#database.db, 'true', null) };
  }

  /** @throws Refused `not-found` */
  async place(
    caller: Caller,
    { heldChannelId, heldPersonId, reason }: InputOf<typeof placeHold>,
  ): Promise<Hold> {
    const id = await this.#database.transaction(async (db) => {
      const channel = heldChannelId === null ? null : await findResource(db, heldChannelId);
      const person = heldPersonId === null ? null : await findPersonByUid(db, heldPersonId);
      if (channel?.kind !== 'channel' && person === null) throw Refused.notFound();
      const [row] = await db.query<{ id: string }>(
        `insert into chat.hold (channel_id, channel_uid, title, person_id, reason, placed_by)
         values ($1, $2, $3, $4, $5, $6) returning id`,
        [
          channel?.id ?? null,
          channel?.uid ?? null,
          channel?.title ?? null,
          person?.id ?? null,
          reason,
          caller.id,
        ],
      );
      await audit(db, {
        actorId: caller.id,
        action: 'hold.placed',
        resourceId: channel?.id ?? null,
        detail: { hold: row?.id, person: person?.uid },
      });
      return row?.id as string;
    });
    const [hold] = await findHolds(this.#database.db, 'h.id = $1', id);
    if (!hold) throw Refused.notFound();
    return hold;
  }

  /** @throws Refused `not-found`, `hold-released` */
  async release(caller: Caller, id: string): Promise<Hold> {
    await this.#database.transaction(async (db) => {
      const [known] = await db.query<{ released: boolean; channelId: number | null }>(
        'select released_at is not null as released, channel_id::float8 as "channelId" from chat.hold where id = $1 for update',
        [id],
      );
      if (!known) throw Refused.notFound();
      if (known.released) throw Refused.conflict('hold-released');
      await db.query('update chat.hold set released_at = now(), released_by = $2 where id = $1', [
        id,
        caller.id,
      ]);
      await audit(db, {
        actorId: caller.id,
        action: 'hold.released',
        resourceId: known.channelId,
        detail: { hold: id },
      });
    });
    const [hold] = await findHolds(this.#database.db, 'h.id = $1', id);
    if (!hold) throw Refused.notFound();
    return hold;
  }

  /** Names alone: what is in a channel is not an administrator's to see here. Conversations are named by their people. */
  async channels(named: string): Promise<{ channels: ChannelOfHouse[] }> {
    const channels = await this.#database.db.query<ChannelOfHouse>(
      `select c.uid as id, r.title, c.kind as "channelKind",
          (select s.title from access.resource s where s.id = r.space_id) as space
         from chat.channel c join access.resource r on r.id = c.resource_id
        where r.title_key like $1 order by r.updated_at desc limit ${foundMax}`,
      [`%${likePattern(searchKey(named))}%`],
    );
    return { channels };
  }
}

type Row = Omit<Hold, 'placedAt' | 'releasedAt' | 'channel'> & {
  channelUid: string | null;
  title: string | null;
  person: Person | null;
  placedAt: Date;
  releasedAt: Date | null;
};

async function findHolds(db: Db, condition: string, value: unknown): Promise<Hold[]> {
  const rows = await db.query<Row>(
    `select h.id, h.channel_uid as "channelUid", h.title, h.reason, ${personSql('p')} as person,
        ${personSql('b')} as "placedBy", h.placed_at as "placedAt", h.released_at as "releasedAt"
       from chat.hold h left join access.person p on p.subject_id = h.person_id
       left join access.person b on b.subject_id = h.placed_by
      where ${condition} order by h.released_at is not null, h.placed_at desc limit ${holdsMax}`,
    value === null ? [] : [value],
  );
  return rows.map(({ channelUid, title, placedAt, releasedAt, ...rest }) => ({
    ...rest,
    channel: channelUid === null ? null : { id: channelUid, title: title ?? '' },
    placedAt: placedAt.toISOString(),
    releasedAt: releasedAt?.toISOString() ?? null,
  }));
}

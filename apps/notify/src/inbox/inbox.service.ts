import { Injectable, type OnModuleInit } from '@nestjs/common';
import { load } from '@parvis/access/read';
import { inboxDays } from '@parvis/contract/limits';
import type { listInbox, markInbox } from '@parvis/contract/notify';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { News } from '../live/news.ts';
import { Items } from './items.ts';

const cron = '17 3 * * *';

const shows = {
  open: 'i.done_at is null',
  unread: 'i.read_at is null',
  done: 'i.done_at is not null',
} as const;

const marks = {
  read: 'read_at = coalesce(read_at, now())',
  unread: 'read_at = null, done_at = null',
  done: 'done_at = now(), read_at = coalesce(read_at, now())',
  open: 'done_at = null',
} as const;

/** What would change by a mark: what is so already says nothing to the other devices. */
const unlike = {
  read: 'read_at is null',
  unread: 'read_at is not null',
  done: 'done_at is null',
  open: 'done_at is not null',
} as const;

/** A person's own inbox. */
@Injectable()
export class InboxService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly items: Items,
    private readonly news: News,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.define('drop-old-items', z.object({}), () => this.dropOld(), {
      retryLimit: 3,
      expireSeconds: 600,
      cron,
    });
  }

  async list(
    caller: Caller,
    { show, before, limit }: InputOf<typeof listInbox>,
  ): Promise<OutputOf<typeof listInbox>> {
    const { db } = this.database;
    const after =
      before === undefined
        ? ''
        : ' and (i.at, i.id) < (select b.at, b.id from notify.item b where b.id = $4 and b.person_id = $3)';
    const wanted = { sql: `${shows[show]}${after}`, params: before === undefined ? [] : [before] };
    const [items, unread] = await Promise.all([
      this.items.read(db, caller, wanted, limit + 1),
      this.items.unread(db, caller),
    ]);
    return { items: items.slice(0, limit), unread, more: items.length > limit };
  }

  async count(caller: Caller): Promise<{ unread: number }> {
    return { unread: await this.items.unread(this.database.db, caller) };
  }

  /** Ids that are not in this inbox are passed over: there is nothing to learn from them. */
  async mark(caller: Caller, { ids, as }: InputOf<typeof markInbox>): Promise<{ unread: number }> {
    // What is marked unread again may meet a younger line of its bundle: that one stays, and says it all.
    const free =
      as === 'unread'
        ? `and not exists (select from notify.item o where o.person_id = i.person_id and o.resource_id = i.resource_id
             and o.bundle = i.bundle and o.read_at is null and o.id <> i.id)
           and not exists (select from notify.item y where y.person_id = i.person_id and y.resource_id = i.resource_id
             and y.bundle = i.bundle and (y.at, y.id) > (i.at, i.id) and ($2::uuid[] is null or y.id = any($2)))`
        : '';
    const changed = await this.database.db.query(
      `update notify.item i set ${marks[as]}
        where person_id = $1 and ${unlike[as]} and ($2::uuid[] is null and done_at is null or id = any($2)) ${free}
       returning id`,
      [caller.id, ids ?? null],
    );
    if (changed.length > 0) await this.news.changed([caller.id]);
    return this.count(caller);
  }

  /** @throws Refused `not-found` for strangers */
  async readThing(caller: Caller, uid: string): Promise<typeof done> {
    const thing = await load(this.database.db, caller, uid);
    if (thing === null) throw Refused.notFound();
    const changed = await this.database.db.query(
      `update notify.item set read_at = now() where person_id = $1 and resource_id = $2 and read_at is null returning id`,
      [caller.id, thing.id],
    );
    if (changed.length > 0) await this.news.changed([caller.id]);
    return done;
  }

  /** Forgets what is older than {@link inboxDays} days. */
  async dropOld(): Promise<void> {
    await this.database.db.query('delete from notify.item where at < now() - make_interval(days => $1)', [
      inboxDays,
    ]);
  }
}

import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { findPersonByUid } from '@parvis/access/people';
import { createResource, findResource, type ResourceRow } from '@parvis/access/tree';
import { type DemoKey, demoPeople, demoSpaces } from '@parvis/contract/demo';
import { Database } from '@parvis/server/database';
import { SETTINGS } from '@parvis/server/service';
import { FirstChannels } from '../channel/first-channel.ts';
import type { ChatSettings } from '../settings.ts';
import { type DemoChannel, demoChannels } from './demo-history.ts';

/** Milliseconds between two looks for the demonstration's spaces, which the directory makes, and looks at most. */
const lookMs = 1_000;
const looksMax = 600;
/** Minutes between two messages of the invented history, and from its last one to now. */
const stepMinutes = 37;
const agoMinutes = 45;

/** Gives the demonstration ministry its channels and their history, once. */
@Injectable()
export class DemoSeed implements OnApplicationBootstrap, OnModuleDestroy {
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly firstChannels: FirstChannels,
    @Inject(SETTINGS) private readonly settings: ChatSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.seed === 'demo') this.#look(looksMax);
  }

  onModuleDestroy(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** The directory may still be making the spaces, or the database be away: looks again a little later. */
  #look(left: number): void {
    this.plant().then(
      (planted) => this.#again(planted ? 0 : left - 1),
      () => this.#again(left - 1),
    );
  }

  #again(left: number): void {
    if (left > 0 && !this.#stopped) this.#timer = setTimeout(() => this.#look(left), lookMs);
  }

  /** Resolves to false while a space or a person is not there yet. */
  async plant(): Promise<boolean> {
    const { db } = this.database;
    const spaces = new Map<string, ResourceRow>();
    for (const [key, { id }] of Object.entries(demoSpaces)) {
      const space = await findResource(db, id);
      if (!space) return false;
      spaces.set(key, space);
    }
    const people = new Map<DemoKey, number>();
    for (const [key, { id }] of Object.entries(demoPeople)) {
      const person = await findPersonByUid(db, id);
      if (!person) return false;
      people.set(key as DemoKey, person.id);
    }
    for (const space of spaces.values()) await this.firstChannels.ensure(space, people.get('ines') as number);
    await this.database.transaction(async (tx) => {
      const [mine] = await tx.query(
        "insert into chat.seed (name) values ('demo') on conflict do nothing returning name",
      );
      if (!mine) return;
      for (const channel of demoChannels)
        await this.#fill(tx, channel, spaces.get(channel.space) as ResourceRow, people);
    });
    return true;
  }

  async #channelIn(db: Db, channel: DemoChannel, space: ResourceRow): Promise<number> {
    if (channel.title === null) {
      const [first] = await db.query<{ id: number }>(
        'select channel_id::float8 as id from chat.first_channel where space_id = $1',
        [space.id],
      );
      return first?.id as number;
    }
    const made = await createResource(db, {
      kind: 'channel',
      title: channel.title,
      ownerId: space.ownerId as number,
      spaceUid: space.uid,
    });
    const row = [made.id, made.uid, channel.kind];
    await db.query(
      'insert into chat.channel (resource_id, uid, kind, for_everyone) values ($1, $2, $3, true)',
      row,
    );
    return made.id;
  }

  /** Appends the history, as long ago as it is long, behind what somebody may have written already. */
  async #fill(db: Db, channel: DemoChannel, space: ResourceRow, people: Map<DemoKey, number>): Promise<void> {
    const id = await this.#channelIn(db, channel, space);
    const { history } = channel;
    const minutesAgo = history.map((_, index) => agoMinutes + (history.length - 1 - index) * stepMinutes);
    await db.query(
      `with grown as (
         update chat.channel set last_seq = last_seq + $5, last_nr = last_nr + $5 where resource_id = $1
         returning last_seq - $5 as base, last_nr - $5 as nr_base)
       insert into chat.message (channel_id, seq, nr, sender_id, client_id, body, at)
       select $1, grown.base + g.nr, grown.nr_base + g.nr, g.sender, g.client, g.body, now() - make_interval(mins => g.ago)
         from grown, unnest($2::int[], $3::uuid[], $4::text[], $6::int[]) with ordinality as g(sender, client, body, ago, nr)`,
      [
        id,
        history.map(([who]) => people.get(who)),
        history.map(() => randomUUID()),
        history.map(([, text]) => text),
        history.length,
        minutesAgo,
      ],
    );
    const { owner, members, guests } = demoSpaces[channel.space];
    const readers = [owner, ...members, ...guests].map((key) => people.get(key));
    await db.query(
      `insert into chat.member_state (channel_id, person_id, read_seq, read_nr)
       select $1, person, greatest(c.last_seq - $3, 0), greatest(c.last_nr - $3, 0) from unnest($2::int[]) person, chat.channel c where c.resource_id = $1
       on conflict do nothing`,
      [id, readers, channel.unread],
    );
  }
}

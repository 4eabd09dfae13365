import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import type {
  changeOutgoingHook,
  createOutgoingHook,
  Delivery,
  HookEvent,
  OutgoingHook,
} from '@parvis/contract/chat-hook';
import { hookListSizeMax, pageSizeMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Deliveries } from './deliveries.ts';
import { type HookPlace, HookPlaces } from './hook-place.ts';
import { newSecret } from './signature.ts';

interface Row {
  readonly innerId: number;
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: HookEvent[];
  readonly wholeSpace: boolean;
  readonly byId: number;
  readonly createdAt: Date;
  readonly state: OutgoingHook['state'];
  readonly failingSince: Date | null;
  readonly oldSecretUntil: Date | null;
  readonly waiting: number;
}
const columns = `h.id as "innerId", h.uid as id, h.name, h.address as url, h.events, h.space_id is not null as "wholeSpace",
  h.by_id as "byId", h.created_at as "createdAt", h.state, h.failing_since as "failingSince",
  case when h.old_secret_until > now() then h.old_secret_until end as "oldSecretUntil",
  (select count(*)::int from chat.hook_delivery d where d.hook_id = h.id and d.state = 'waiting') as waiting`;

type OfHook = { readonly id: string; readonly hookId: string };

/** Addresses that are told of what happens. Whoever makes one answers for it: it is told what they may see. */
@Injectable()
export class OutgoingHooks {
  constructor(
    private readonly database: Database,
    private readonly places: HookPlaces,
    private readonly deliveries: Deliveries,
  ) {}

  async ofChannel(channelId: number): Promise<OutgoingHook[]> {
    const { db } = this.database;
    return this.#present(
      await db.query<Row>(
        `select ${columns} from chat.hook_out h where h.channel_id = $1
      order by h.id limit ${hookListSizeMax}`,
        [channelId],
      ),
    );
  }

  /** @throws Refused `not-found`, `not-allowed`, `too-many-hooks`, `hook-address-bad`, `hook-address-refused` */
  async create(caller: Caller, input: InputOf<typeof createOutgoingHook>) {
    const { channelId, spaceId } = await this.places.managed(caller, input.id);
    if (input.wholeSpace && spaceId === null) throw Refused.notAllowed();
    await this.places.checkAddress(input.url);
    const secret = newSecret();
    const { name, url, events, wholeSpace } = input;
    return this.database.transaction(async (db) => {
      await db.query('select from chat.channel where resource_id = $1 for no key update', [channelId]);
      const [known] = await db.query<{ count: number }>(
        'select count(*)::int as count from chat.hook_out where channel_id = $1',
        [channelId],
      );
      if ((known?.count ?? 0) >= hookListSizeMax) throw Refused.conflict('too-many-hooks');
      const rows = await db.query<{ id: string }>(
        `insert into chat.hook_out (channel_id, space_id, name, address, events, secret, by_id)
         values ($1, $2, $3, $4, $5, $6, $7) returning uid as id`,
        [channelId, wholeSpace ? spaceId : null, name, url, [...new Set(events)], secret, caller.id],
      );
      const detail = { hook: rows[0]?.id, url, events, wholeSpace };
      await audit(db, { actorId: caller.id, action: 'hook.created', resourceId: channelId, detail });
      return { hook: await this.#one(db, channelId, rows[0]?.id ?? ''), secret };
    });
  }

  /** @throws Refused `not-found`, `not-allowed`, `hook-address-bad`, `hook-address-refused` */
  async change(caller: Caller, input: InputOf<typeof changeOutgoingHook>): Promise<OutgoingHook> {
    const { url, events, on } = input;
    if (url !== undefined) await this.places.checkAddress(url);
    return this.#withHook(caller, input, 'hook.changed', { url, events, on }, async (db, hook) => {
      // Switched on again, it is given its days anew, and what waits is tried at once.
      await db.query(
        `update chat.hook_out set address = coalesce($2, address), events = coalesce($3, events),
            state = case when $4::boolean then 'on' when not $4 then 'off' else state end,
            failing_since = case when $4::boolean then null else failing_since end where id = $1`,
        [hook, url ?? null, events ?? null, on ?? null],
      );
      if (on === true) await this.deliveries.hurry(db, hook);
    });
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async renewSecret(caller: Caller, of: OfHook): Promise<{ hook: OutgoingHook; secret: string }> {
    const secret = newSecret();
    const hook = await this.#withHook(caller, of, 'hook.secret-renewed', {}, async (db, id) => {
      await db.query(
        `update chat.hook_out set old_secret = secret, old_secret_until = now() + interval '1 day', secret = $2
          where id = $1`,
        [id, secret],
      );
    });
    return { hook, secret };
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async delete(caller: Caller, { id, hookId }: OfHook): Promise<typeof done> {
    const { channelId } = await this.places.managed(caller, id);
    await this.database.transaction(async (db) => {
      const gone = await db.query(
        'delete from chat.hook_out where channel_id = $1 and uid = $2 returning id',
        [channelId, hookId],
      );
      if (gone.length === 0) throw Refused.notFound();
      const detail = { hook: hookId };
      await audit(db, { actorId: caller.id, action: 'hook.deleted', resourceId: channelId, detail });
    });
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`, `hook-off` */
  async test(caller: Caller, of: OfHook): Promise<typeof done> {
    const place = await this.places.managed(caller, of.id);
    await this.#withHook(caller, of, 'hook.tested', {}, async (db, id, row) => {
      if (row.state !== 'on') throw Refused.conflict('hook-off');
      await this.deliveries.addTest(db, id, place.channelId);
    });
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async log(caller: Caller, of: OfHook): Promise<{ deliveries: Delivery[] }> {
    const { channelId } = await this.places.managed(caller, of.id);
    const hook = await this.#row(this.database.db, channelId, of.hookId);
    return { deliveries: await this.deliveries.list(hook.innerId, caller, pageSizeMax) };
  }

  /** @throws Refused `not-found`, `not-allowed`, `hook-off` */
  async again(caller: Caller, of: OfHook & { readonly deliveryId: string }): Promise<typeof done> {
    const detail = { delivery: of.deliveryId };
    await this.#withHook(caller, of, 'hook.sent-again', detail, async (db, id, row) => {
      if (row.state !== 'on') throw Refused.conflict('hook-off');
      if (!(await this.deliveries.again(db, id, of.deliveryId))) throw Refused.notFound();
    });
    return done;
  }

  /** Does something to a hook of the channel, with its row held, and writes it down. */
  async #withHook(
    caller: Caller,
    { id, hookId }: OfHook,
    action: string,
    detail: object,
    act: (db: Db, hook: number, row: Row) => Promise<void>,
  ): Promise<OutgoingHook> {
    const place: HookPlace = await this.places.managed(caller, id);
    return this.database.transaction(async (db) => {
      const row = await this.#row(db, place.channelId, hookId, 'for update of h');
      await act(db, row.innerId, row);
      const about = { hook: hookId, ...detail };
      await audit(db, { actorId: caller.id, action, resourceId: place.channelId, detail: about });
      return this.#one(db, place.channelId, hookId);
    });
  }

  async #row(db: Db, channelId: number, hookId: string, lock = ''): Promise<Row> {
    const [row] = await db.query<Row>(
      `select ${columns} from chat.hook_out h where h.channel_id = $1 and h.uid = $2 ${lock}`,
      [channelId, hookId],
    );
    if (row === undefined) throw Refused.notFound();
    return row;
  }

  async #one(db: Db, channelId: number, hookId: string): Promise<OutgoingHook> {
    const [hook] = await this.#present([await this.#row(db, channelId, hookId)]);
    if (hook === undefined) throw Refused.notFound();
    return hook;
  }

  async #present(rows: readonly Row[]): Promise<OutgoingHook[]> {
    const person = await this.places.people(rows);
    return rows.map(({ innerId: _, byId, createdAt, failingSince, oldSecretUntil, ...row }) => ({
      ...row,
      by: person(byId),
      createdAt: createdAt.toISOString(),
      failingSince: failingSince?.toISOString() ?? null,
      oldSecretUntil: oldSecretUntil?.toISOString() ?? null,
    }));
  }
}

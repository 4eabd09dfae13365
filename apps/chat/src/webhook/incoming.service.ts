import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type {
  createIncomingHook,
  IncomingHook,
  postByHook,
  renewIncomingHook,
} from '@parvis/contract/chat-hook';
import { MessageText } from '@parvis/contract/chat-entry';
import { hookListSizeMax, hookMessagesPerMinuteMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Callers } from '@parvis/server/callers';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { SendQueue } from '../message/send-queue.ts';
import { HookPlaces } from './hook-place.ts';
import { markdownOf } from './slack.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly byId: number;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
  readonly count: number;
}
const columns = `uid as id, name, by_id as "byId", created_at as "createdAt", used_at as "usedAt", count::float8 as count`;
const secretBytes = 24;

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function newSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(secretBytes).toString('base64url');
  return { secret, hash: hashOf(secret) };
}

const pathOf = (id: string, secret: string) => `/api/chat/hooks/${id}/${secret}`;

/** Addresses to which programs post. What comes is posted with the rights of whoever made the address, as they are then. */
@Injectable()
export class IncomingHooks {
  constructor(
    private readonly database: Database,
    private readonly callers: Callers,
    private readonly places: HookPlaces,
    private readonly sends: SendQueue,
  ) {}

  async ofChannel(channelId: number): Promise<IncomingHook[]> {
    const rows = await this.database.db.query<Row>(
      `select ${columns} from chat.hook_in where channel_id = $1 order by id limit ${hookListSizeMax}`,
      [channelId],
    );
    return this.#present(rows);
  }

  /** @throws Refused `not-found`, `not-allowed`, `too-many-hooks` */
  async create(caller: Caller, { id, name }: InputOf<typeof createIncomingHook>) {
    const { channelId } = await this.places.managed(caller, id);
    const { secret, hash } = newSecret();
    return this.database.transaction(async (db) => {
      await db.query('select from chat.channel where resource_id = $1 for no key update', [channelId]);
      const [known] = await db.query<{ count: number }>(
        'select count(*)::int as count from chat.hook_in where channel_id = $1',
        [channelId],
      );
      if ((known?.count ?? 0) >= hookListSizeMax) throw Refused.conflict('too-many-hooks');
      const rows = await db.query<Row>(
        `insert into chat.hook_in (channel_id, name, hash, by_id) values ($1, $2, $3, $4) returning ${columns}`,
        [channelId, name, hash, caller.id],
      );
      return this.#told(rows, secret, async (hook) => {
        const detail = { hook: hook.id, name };
        await audit(db, { actorId: caller.id, action: 'hook.created', resourceId: channelId, detail });
      });
    });
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async renew(caller: Caller, { id, hookId }: InputOf<typeof renewIncomingHook>) {
    const { channelId } = await this.places.managed(caller, id);
    const { secret, hash } = newSecret();
    return this.database.transaction(async (db) => {
      const rows = await db.query<Row>(
        `with changed as (update chat.hook_in set hash = $3, by_id = $4 where channel_id = $1 and uid = $2 returning *)
         select ${columns} from changed`,
        [channelId, hookId, hash, caller.id],
      );
      return this.#told(rows, secret, async (hook) => {
        const detail = { hook: hook.id };
        await audit(db, {
          actorId: caller.id,
          action: 'hook.address-renewed',
          resourceId: channelId,
          detail,
        });
      });
    });
  }

  async #told(rows: Row[], secret: string, note: (hook: IncomingHook) => Promise<void>) {
    const [hook] = await this.#present(rows);
    if (hook === undefined) throw Refused.notFound();
    await note(hook);
    return { hook, path: pathOf(hook.id, secret) };
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async delete(caller: Caller, { id, hookId }: { id: string; hookId: string }): Promise<typeof done> {
    const { channelId } = await this.places.managed(caller, id);
    await this.database.transaction(async (db) => {
      const gone = await db.query(
        'delete from chat.hook_in where channel_id = $1 and uid = $2 returning id',
        [channelId, hookId],
      );
      if (gone.length === 0) throw Refused.notFound();
      const detail = { hook: hookId };
      await audit(db, { actorId: caller.id, action: 'hook.deleted', resourceId: channelId, detail });
    });
    return done;
  }

  /**
   * Posts what a program sent. @throws Refused `not-found` (no such address), `hook-owner-gone` (whoever made it may no
   * longer write there), `too-many-requests`, `bad-input` (nothing to say)
   */
  async post({ hookId, secret, clientId, ...payload }: InputOf<typeof postByHook>) {
    const { db } = this.database;
    const [hook] = await db.query<{ name: string; byId: number; channelUid: string }>(
      `select h.name, h.by_id as "byId", c.uid as "channelUid" from chat.hook_in h
         join chat.channel c on c.resource_id = h.channel_id where h.uid = $1 and h.hash = $2`,
      [hookId, hashOf(secret)],
    );
    if (hook === undefined) throw Refused.notFound();
    const text = MessageText.safeParse(markdownOf(payload));
    if (!text.success)
      throw Refused.badInput([{ path: 'text', code: text.error.issues[0]?.message ?? 'invalid' }]);
    await this.#count(hookId);
    const caller = await this.callers.inAbsence(hook.byId);
    if (caller === null) throw Refused.notAllowed('hook-owner-gone');
    const message = await this.sends
      .post({
        caller,
        channelUid: hook.channelUid,
        clientId: clientId ?? randomUUID(),
        body: text.data,
        via: { id: hookId, kind: 'webhook', name: hook.name },
      })
      .catch((error: unknown) => {
        const lost =
          error instanceof Refused && ['not-found', 'not-allowed', 'read-only-channel'].includes(error.code);
        throw lost ? Refused.notAllowed('hook-owner-gone') : error;
      });
    return { ok: true as const, seq: message.seq };
  }

  /** Counts one more message in this minute, over all processes. @throws Refused `too-many-requests` */
  async #count(hookId: string): Promise<void> {
    const rows = await this.database.db.query(
      `update chat.hook_in set used_at = now(), count = count + 1, minute = date_trunc('minute', now()),
          in_minute = case when minute = date_trunc('minute', now()) then in_minute + 1 else 1 end
        where uid = $1 and (minute is distinct from date_trunc('minute', now()) or in_minute < $2) returning id`,
      [hookId, hookMessagesPerMinuteMax],
    );
    if (rows.length === 0) throw new Refused(429, 'too-many-requests');
  }

  async #present(rows: readonly Row[]): Promise<IncomingHook[]> {
    const person = await this.places.people(rows);
    return rows.map(({ id, name, byId, createdAt, usedAt, count }) => ({
      id,
      name,
      by: person(byId),
      createdAt: createdAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
      count,
    }));
  }
}

import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { notify } from '@parvis/access/notify';
import type { Seen } from '@parvis/access/read';
import { rename } from '@parvis/access/tree';
import type { Channel } from '@parvis/contract/chat';
import type { changeChannel } from '@parvis/contract/chat-channel';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { ChangeLog } from '../message/change-log.ts';
import { ChannelReader } from './channel-reader.ts';
import { type ChannelToChange, loadForChange } from './channel-row.ts';

/** What an editor of a channel may set; all else is for who manages it. */
const forEditors = new Set(['topic', 'description']);

/** Names and rules of channels, and their end. */
@Injectable()
export class ChannelSettings {
  readonly #database: Database;
  readonly #reader: ChannelReader;
  readonly #log: ChangeLog;

  constructor(database: Database, reader: ChannelReader, log: ChangeLog) {
    this.#database = database;
    this.#reader = reader;
    this.#log = log;
  }

  /** @throws Refused `not-found`, `not-allowed`, `channel-archived` */
  async change(caller: Caller, { id, ...wanted }: InputOf<typeof changeChannel>): Promise<Channel> {
    const seen = await this.#database.transaction(async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      const asked = Object.entries(wanted).filter(([, value]) => value !== undefined);
      const isEditors = channel.kind !== 'announcements' && asked.every(([name]) => forEditors.has(name));
      if (!(isEditors ? seen.role !== 'reader' && seen.role !== 'commenter' : isManager(seen)))
        throw Refused.notAllowed();
      if (channel.archived) throw Refused.conflict('channel-archived');
      if (wanted.retentionDays !== undefined) await this.#mayKeep(db);
      await this.#write(db, caller, seen, channel, wanted);
      return seen;
    });
    await this.#log.told({ channelId: seen.id, channelUid: seen.uid });
    return this.#reader.one(caller, id);
  }

  /** @throws Refused `retention-by-house` where channels have no days of their own */
  async #mayKeep(db: Db): Promise<void> {
    const [policy] = await db.query('select from chat.policy where managers_choose');
    if (!policy) throw Refused.conflict('retention-by-house');
  }

  async #write(
    db: Db,
    caller: Caller,
    seen: Seen,
    channel: ChannelToChange,
    wanted: Omit<InputOf<typeof changeChannel>, 'id'>,
  ): Promise<void> {
    const { title, topic, description, slowSeconds, retentionDays } = wanted;
    const log = await this.#log.join(db, seen.id);
    if (title !== undefined && title !== seen.title) {
      await rename(db, seen.uid, title);
      await log.notice({ actorId: caller.id, what: 'renamed', text: title });
      await this.#journal(db, caller, seen, 'channel.renamed');
    }
    await db.query(
      `update chat.channel set topic = coalesce($2, topic), description = coalesce($3, description),
         slow_seconds = coalesce($4, slow_seconds), retention_days = case when $5 then $6 else retention_days end
       where resource_id = $1`,
      [
        seen.id,
        topic ?? null,
        description ?? null,
        slowSeconds ?? null,
        retentionDays !== undefined,
        retentionDays ?? null,
      ],
    );
    if (topic !== undefined && topic !== channel.topic) {
      await log.notice({ actorId: caller.id, what: 'topic', text: topic });
      await this.#journal(db, caller, seen, 'channel.topic-set');
    }
    if (slowSeconds !== undefined && slowSeconds !== channel.slowSeconds)
      await this.#journal(db, caller, seen, 'channel.slow-mode-set', { slowSeconds });
    if (retentionDays !== undefined && retentionDays !== channel.retentionDays)
      await this.#journal(db, caller, seen, 'channel.retention-set', { retentionDays });
    // Who holds a right to write here asks for it again, with the rules as they are now.
    await notify(db, { resources: [seen.uid] });
  }

  /** Closes a channel to writing, or opens it again. Twice is once. @throws Refused `not-found`, `not-allowed` */
  async archive(caller: Caller, id: string, archived: boolean): Promise<Channel> {
    const seen = await this.#database.transaction(async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      if (!isManager(seen)) throw Refused.notAllowed();
      if (channel.archived === archived) return seen;
      await db.query(
        'update chat.channel set archived_at = case when $2 then now() end where resource_id = $1',
        [seen.id, archived],
      );
      const log = await this.#log.join(db, seen.id);
      await log.notice({ actorId: caller.id, what: archived ? 'archived' : 'restored' });
      await this.#journal(db, caller, seen, archived ? 'channel.archived' : 'channel.unarchived');
      await notify(db, { resources: [seen.uid, ...(seen.spaceUid === null ? [] : [seen.spaceUid])] });
      return seen;
    });
    await this.#log.told({ channelId: seen.id, channelUid: seen.uid });
    return this.#reader.one(caller, id);
  }

  #journal(db: Db, caller: Caller, seen: Seen, action: string, detail: Record<string, unknown> = {}) {
    return audit(db, { actorId: caller.id, action, resourceId: seen.id, detail });
  }
}

function isManager({ role }: Seen): boolean {
  return role === 'manager' || role === 'owner';
}

import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { atLeast } from '@parvis/access/roles';
import type { Message } from '@parvis/contract/chat-entry';
import type { closePoll, getMyVote, votePoll } from '@parvis/contract/chat-poll';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { type Right, Rights } from '../live/rights.ts';
import { ChangeLog } from '../message/change-log.ts';
import { MessageLog } from '../message/message.log.ts';

type Poll = NonNullable<Message['poll']>;

/** Polls in messages: a vote is an entry of the log, in the transaction that counts it. */
@Injectable()
export class PollService {
  constructor(
    private readonly database: Database,
    private readonly rights: Rights,
    private readonly changes: ChangeLog,
    private readonly log: MessageLog,
  ) {}

  /** @throws Refused `not-found`, `not-allowed`, `poll-closed`, `no-such-option`, `one-option-only` */
  async vote(caller: Caller, { id, seq, options }: InputOf<typeof votePoll>): Promise<Message> {
    const right = await this.#right(caller, id);
    if (!atLeast(right.role, 'commenter')) throw Refused.notAllowed();
    if (right.archived) throw Refused.conflict('channel-archived');
    const wanted = [...new Set(options)].sort();
    await this.changes.write(right, async (log) => {
      const { poll } = await this.#poll(log.db, right, seq);
      const closed = poll.closedAt ?? (poll.closesAt && Date.parse(poll.closesAt) <= Date.now());
      if (closed) throw Refused.conflict('poll-closed');
      if (!wanted.every((one) => poll.options.some((option) => option.id === one)))
        throw Refused.badInput([], 'no-such-option');
      if (wanted.length > 1 && !poll.multiple) throw Refused.badInput([], 'one-option-only');
      const key = [right.channelId, seq, caller.id];
      const before = await mine(log.db, key);
      if (before.join() === wanted.join()) return;
      await log.db.query('delete from chat.vote where channel_id = $1 and seq = $2 and person_id = $3', key);
      await log.db.query(
        `insert into chat.vote (channel_id, seq, person_id, option_id) select $1, $2, $3, unnest($4::text[])`,
        [...key, wanted],
      );
      await this.#write(log.db, right, seq, await counted(log.db, right, seq, poll));
      // Of an anonymous poll the log does not say who voted either: the one who asked stands for all.
      const actorId = poll.anonymous ? await this.#sender(log.db, right, seq) : caller.id;
      await log.change({ seq, actorId, why: 'voted' });
    });
    return this.#state(right, seq);
  }

  async mine(caller: Caller, { id, seq }: InputOf<typeof getMyVote>): Promise<OutputOf<typeof getMyVote>> {
    const right = await this.#right(caller, id);
    return { options: await mine(this.database.db, [right.channelId, seq, caller.id]) };
  }

  /** @throws Refused `not-found`, `not-allowed` for whoever neither asked nor manages the channel */
  async close(caller: Caller, { id, seq }: InputOf<typeof closePoll>): Promise<Message> {
    const right = await this.#right(caller, id);
    await this.changes.write(right, async (log) => {
      const { poll, senderId } = await this.#poll(log.db, right, seq);
      if (senderId !== caller.id && !atLeast(right.role, 'manager')) throw Refused.notAllowed();
      if (poll.closedAt !== null) return;
      await this.#write(log.db, right, seq, { ...poll, closedAt: new Date().toISOString() });
      await audit(log.db, {
        actorId: caller.id,
        action: 'poll.closed',
        resourceId: right.channelId,
        detail: { seq },
      });
      await log.change({ seq, actorId: caller.id, why: 'voted' });
    });
    return this.#state(right, seq);
  }

  async #right(caller: Caller, uid: string): Promise<Right> {
    const right = (await this.rights.of(caller, [uid])).get(uid);
    if (!right) throw Refused.notFound();
    return right;
  }

  async #poll(db: Db, right: Right, seq: number): Promise<{ poll: Poll; senderId: number }> {
    const [row] = await db.query<{ poll: Poll | null; senderId: number }>(
      `select content -> 'poll' as poll, sender_id as "senderId" from chat.message
        where channel_id = $1 and seq = $2 and kind = 'message' and deleted_at is null and hidden_at is null`,
      [right.channelId, seq],
    );
    if (!row?.poll) throw Refused.notFound();
    return { poll: row.poll, senderId: row.senderId };
  }

  async #sender(db: Db, right: Right, seq: number): Promise<number> {
    return (await this.#poll(db, right, seq)).senderId;
  }

  async #write(db: Db, right: Right, seq: number, poll: Poll): Promise<void> {
    await db.query(
      `update chat.message set content = jsonb_set(content, '{poll}', $3::jsonb) where channel_id = $1 and seq = $2`,
      [right.channelId, seq, JSON.stringify(poll)],
    );
  }

  async #state(right: Right, seq: number): Promise<Message> {
    const [message] = await this.log.states({ id: right.channelId, uid: right.channelUid }, [seq]);
    if (!message) throw Refused.notFound();
    return message;
  }
}

async function mine(db: Db, key: readonly number[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select option_id as id from chat.vote where channel_id = $1 and seq = $2 and person_id = $3 order by option_id`,
    [...key],
  );
  return rows.map(({ id }) => id);
}

/** The poll with its votes counted again, and with names unless it is anonymous. */
async function counted(db: Db, right: Right, seq: number, poll: Poll): Promise<Poll> {
  const rows = await db.query<{ id: string; votes: number; people: string[] }>(
    `select v.option_id as id, count(*)::int as votes,
        coalesce(array_agg(p.uid order by v.at) filter (where p.uid is not null), '{}') as people
       from chat.vote v left join access.person p on p.subject_id = v.person_id
      where v.channel_id = $1 and v.seq = $2 group by v.option_id`,
    [right.channelId, seq],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return {
    ...poll,
    options: poll.options.map(({ id, text }) => ({
      id,
      text,
      votes: found.get(id)?.votes ?? 0,
      people: poll.anonymous ? [] : (found.get(id)?.people ?? []),
    })),
  };
}

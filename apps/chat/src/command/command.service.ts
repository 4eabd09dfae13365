import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { load } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import {
  type createCommand,
  type deleteCommand,
  ownCommands,
  type runCommand,
} from '@parvis/contract/chat-command';
import { MessageText } from '@parvis/contract/chat-entry';
import type { Command } from '@parvis/contract/chat-hook';
import { hookListSizeMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbound, OutboundError } from '@parvis/server/outbound';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { SendQueue } from '../message/send-queue.ts';
import { HookPlaces } from '../webhook/hook-place.ts';
import { IncomingHooks } from '../webhook/incoming.service.ts';
import { OutgoingHooks } from '../webhook/outgoing.service.ts';
import { newSecret, signed } from '../webhook/signature.ts';
import { markdownOf } from '../webhook/slack.ts';

/** Milliseconds that a program has for its answer, while somebody waits, and bytes of it. */
const answerMsMax = 4_000;
const answerBytesMax = 64 * 1024;

interface Row {
  readonly id: string;
  readonly word: string;
  readonly hint: string;
  readonly url: string;
  readonly byId: number;
  readonly createdAt: Date;
}
const columns = 'uid as id, word, hint, address as url, by_id as "byId", created_at as "createdAt"';

/** What a program says: to the one who asked, or (`channel`, or Slack's `in_channel`) to everybody. */
const Reply = z.object({
  text: z.string().optional(),
  to: z.enum(['me', 'channel']).optional(),
  response_type: z.string().optional(),
});

/** Commands that programs outside answer. */
@Injectable()
export class Commands {
  constructor(
    private readonly database: Database,
    private readonly places: HookPlaces,
    private readonly incoming: IncomingHooks,
    private readonly outgoing: OutgoingHooks,
    private readonly outbound: Outbound,
    private readonly sends: SendQueue,
  ) {}

  /** All integrations of a channel. @throws Refused `not-found`, `not-allowed` */
  async integrations(caller: Caller, channelUid: string) {
    const { channelId, spaceId } = await this.places.managed(caller, channelUid);
    return {
      incoming: await this.incoming.ofChannel(channelId),
      outgoing: await this.outgoing.ofChannel(channelId),
      commands: await this.#ofChannel(channelId),
      mayWholeSpace: spaceId !== null,
    };
  }

  async #ofChannel(channelId: number): Promise<Command[]> {
    const rows = await this.database.db.query<Row>(
      `select ${columns} from chat.command where channel_id = $1 order by word limit ${hookListSizeMax}`,
      [channelId],
    );
    return this.#present(rows);
  }

  /** What may be typed in a channel. @throws Refused `not-found` */
  async list(caller: Caller, channelUid: string) {
    const channel = await load(this.database.db, caller, channelUid, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    const commands = await this.#ofChannel(channel.id);
    return { commands: commands.map(({ word, hint }) => ({ word, hint })) };
  }

  /** @throws Refused `not-found`, `not-allowed`, `command-taken`, `too-many-hooks`, `hook-address-…` */
  async create(caller: Caller, { id, word, hint, url }: InputOf<typeof createCommand>) {
    const { channelId } = await this.places.managed(caller, id);
    if ((ownCommands as readonly string[]).includes(word)) throw Refused.conflict('command-taken');
    await this.places.checkAddress(url);
    const secret = newSecret();
    return this.database.transaction(async (db) => {
      await db.query('select from chat.channel where resource_id = $1 for no key update', [channelId]);
      const [known] = await db.query<{ count: number }>(
        'select count(*)::int as count from chat.command where channel_id = $1',
        [channelId],
      );
      if ((known?.count ?? 0) >= hookListSizeMax) throw Refused.conflict('too-many-hooks');
      const rows = await db.query<Row>(
        `insert into chat.command (channel_id, word, hint, address, secret, by_id) values ($1, $2, $3, $4, $5, $6)
         on conflict (channel_id, word) do nothing returning ${columns}`,
        [channelId, word, hint, url, secret, caller.id],
      );
      const [command] = await this.#present(rows);
      if (command === undefined) throw Refused.conflict('command-taken');
      const detail = { command: command.id, word, url };
      await audit(db, { actorId: caller.id, action: 'command.created', resourceId: channelId, detail });
      return { command, secret };
    });
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async delete(caller: Caller, { id, commandId }: InputOf<typeof deleteCommand>): Promise<typeof done> {
    const { channelId } = await this.places.managed(caller, id);
    await this.database.transaction(async (db) => {
      const gone = await db.query(
        'delete from chat.command where channel_id = $1 and uid = $2 returning id',
        [channelId, commandId],
      );
      if (gone.length === 0) throw Refused.notFound();
      const detail = { command: commandId };
      await audit(db, { actorId: caller.id, action: 'command.deleted', resourceId: channelId, detail });
    });
    return done;
  }

  /**
   * Asks the program of a command, signed; what it says to everybody is posted as the person who asked, through it.
   * @throws Refused `not-found`, `not-allowed` (who may not write gives no commands), `command-unknown`,
   *   `command-failed`
   */
  async run(caller: Caller, { id, word, args }: InputOf<typeof runCommand>) {
    const { db } = this.database;
    const channel = await load(db, caller, id, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    if (!atLeast(channel.role, 'commenter')) throw Refused.notAllowed();
    const [found] = await db.query<{ id: string; address: string; secret: string }>(
      'select uid as id, address, secret from chat.command where channel_id = $1 and word = $2',
      [channel.id, word],
    );
    if (found === undefined) throw new Refused(404, 'command-unknown');
    const about = { id: channel.uid, title: channel.title };
    const said = await this.#ask(found, {
      type: 'command',
      timestamp: new Date().toISOString(),
      data: { command: word, args, person: presentPerson(caller), channel: about },
    });
    const text = MessageText.safeParse(markdownOf({ text: said.text ?? '' }));
    if (!text.success) return { reply: null, posted: false };
    const forAll = said.to === 'channel' || said.response_type === 'in_channel';
    if (!forAll) return { reply: text.data, posted: false };
    const via = { id: found.id, kind: 'command' as const, name: `/${word}` };
    await this.sends.post({ caller, channelUid: channel.uid, clientId: randomUUID(), body: text.data, via });
    return { reply: null, posted: true };
  }

  async #ask({ address, secret }: { address: string; secret: string }, asked: object) {
    const body = JSON.stringify(asked);
    try {
      const answer = await this.outbound.call(address, {
        method: 'POST',
        headers: signed([secret], { id: `msg_${randomUUID()}`, at: new Date(), body }),
        body,
        msMax: answerMsMax,
        bytesMax: answerBytesMax,
      });
      if (answer.status < 200 || answer.status >= 300) throw Refused.unavailable('command-failed');
      return Reply.parse(answer.body.length === 0 ? {} : JSON.parse(answer.body.toString()));
    } catch (error) {
      const theirs =
        error instanceof OutboundError || error instanceof SyntaxError || error instanceof z.ZodError;
      throw theirs ? Refused.unavailable('command-failed') : error;
    }
  }

  async #present(rows: readonly Row[]): Promise<Command[]> {
    const person = await this.places.people(rows);
    return rows.map(({ byId, createdAt, ...row }) => ({
      ...row,
      by: person(byId),
      createdAt: createdAt.toISOString(),
    }));
  }
}

import { Injectable } from '@nestjs/common';
import { load } from '@parvis/access/read';
import type { listMessages, Message, markRead, postMessage } from '@parvis/contract/chat';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Rights } from '../live/rights.ts';
import { MessageLog } from './message.log.ts';
import { isOutage } from './outage.ts';
import { ReadQueue } from './read-queue.ts';
import { SendQueue } from './send-queue.ts';

@Injectable()
export class MessageService {
  constructor(
    private readonly database: Database,
    private readonly log: MessageLog,
    private readonly sends: SendQueue,
    private readonly reads: ReadQueue,
    private readonly rights: Rights,
  ) {}

  /** A page in order; `lastSeq` was read before the page, so that nothing above it is taken for missing. */
  async page(
    caller: Caller,
    { id, before, after, limit }: InputOf<typeof listMessages>,
  ): Promise<{ messages: Message[]; lastSeq: number }> {
    const found = await load(this.database.db, caller, id, { kind: 'channel' });
    if (!found) throw Refused.notFound();
    const channel = { id: found.id, uid: found.uid };
    const head = (await this.log.heads([channel.id])).get(channel.id);
    if (head === undefined) throw Refused.notFound();
    const messages =
      after === undefined
        ? await this.log.before(channel, before, limit)
        : await this.log.after(channel, after, limit);
    return { messages, lastSeq: Math.max(head, messages.at(-1)?.seq ?? 0) };
  }

  /** The same way as over the socket. @throws Refused */
  post(caller: Caller, { id, clientId, body }: InputOf<typeof postMessage>): Promise<Message> {
    return this.sends.post(caller, id, clientId, body);
  }

  async read(caller: Caller, { id, seq }: InputOf<typeof markRead>): Promise<typeof done> {
    try {
      const right = (await this.rights.of(caller, [id])).get(id);
      if (!right) throw Refused.notFound();
      await this.reads.mark(right, seq);
      return done;
    } catch (error) {
      throw isOutage(error) ? Refused.unavailable() : error;
    }
  }
}

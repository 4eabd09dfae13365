import { Injectable } from '@nestjs/common';
import { load } from '@parvis/access/read';
import type { listMessages, markRead, postMessage } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Rights } from '../live/rights.ts';
import { type ChannelName, MessageLog, type Page } from './message.log.ts';
import { isOutage } from './outage.ts';
import { ReadQueue } from './read-queue.ts';
import { SendQueue } from './send-queue.ts';

type PageOf = InputOf<typeof listMessages>;

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
  async page(caller: Caller, input: PageOf): Promise<OutputOf<typeof listMessages>> {
    const found = await load(this.database.often, caller, input.id, { kind: 'channel' });
    if (!found) throw Refused.notFound();
    const channel = { id: found.id, uid: found.uid };
    const head = (await this.log.heads([channel.id])).get(channel.id);
    if (head === undefined) throw Refused.notFound();
    const page = await this.#read(channel, input);
    const seqs = [...page.messages, ...page.notices].map(({ seq }) => seq);
    const [first, last] = [Math.min(...seqs), Math.max(...seqs)];
    const beside =
      seqs.length === 0 ? { older: false, newer: false } : await this.log.around(channel, first, last);
    return { ...page, lastSeq: head.seq, ...beside };
  }

  async #read(channel: ChannelName, { before, after, around, limit }: PageOf): Promise<Page> {
    if (around !== undefined) {
      const half = Math.ceil(limit / 2);
      const [earlier, later] = [
        await this.log.pageBefore(channel, around, half),
        await this.log.pageAfter(channel, around - 1, limit - half + 1),
      ];
      return {
        messages: [...earlier.messages, ...later.messages],
        notices: [...earlier.notices, ...later.notices],
      };
    }
    return after === undefined
      ? this.log.pageBefore(channel, before, limit)
      : this.log.pageAfter(channel, after, limit);
  }

  /** The same way as over the socket. @throws Refused */
  post(caller: Caller, { id, ...given }: InputOf<typeof postMessage>): Promise<Message> {
    return this.sends.post({ ...given, caller, channelUid: id });
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

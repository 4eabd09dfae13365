import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import { isSilenced } from '@parvis/access/silences';
import type { Message } from '@parvis/contract/chat-entry';
import type { ChannelKind } from '@parvis/contract/chat-place';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { ChangeLog, type LogChannel, type LogWriter } from './change-log.ts';
import type { MessageContent } from './message-state.ts';
import { MessageLog } from './message.log.ts';

/** A message that stands in the log, with what the person who asks may do in its channel. */
export interface StandingMessage {
  readonly channel: LogChannel & Pick<Seen, 'role'>;
  readonly channelKind: ChannelKind;
  readonly archived: boolean;
  /** The person who asks may not write in the channel for now. */
  readonly silenced: boolean;
  readonly seq: number;
  readonly senderId: number;
  readonly body: string;
  readonly content: MessageContent | null;
  readonly threadSeq: number | null;
  readonly hidden: boolean;
  readonly pinned: boolean;
}

type Row = Omit<StandingMessage, 'channel' | 'seq'>;

/** The way to one message of a channel: by asking for the channel on behalf of a person. */
@Injectable()
export class Standing {
  constructor(
    private readonly database: Database,
    private readonly log: MessageLog,
    private readonly changes: ChangeLog,
  ) {}

  /** @throws Refused `not-found`: no such message, deleted, or not theirs to see */
  async load(db: Db, caller: Caller, id: string, seq: number): Promise<StandingMessage> {
    const seen = await load(db, caller, id, { kind: 'channel' });
    if (!seen) throw Refused.notFound();
    const [row] = await db.query<Row>(
      `select c.kind as "channelKind", c.archived_at is not null as archived,
          ${isSilenced('m.channel_id', '$3::int')} as silenced, m.sender_id as "senderId", m.body,
          m.content, m.thread_seq::float8 as "threadSeq", m.hidden_at is not null as hidden,
          m.pinned_at is not null as pinned
         from chat.message m join chat.channel c on c.resource_id = m.channel_id
        where m.channel_id = $1 and m.seq = $2 and m.kind = 'message' and m.deleted_at is null`,
      [seen.id, seq, caller.id],
    );
    if (!row) throw Refused.notFound();
    const silenced = row.silenced && !atLeast(seen.role, 'manager');
    return { ...row, silenced, channel: { channelId: seen.id, channelUid: seen.uid, role: seen.role }, seq };
  }

  /** The state of a message, deleted or not. @throws Refused `not-found` */
  async read(caller: Caller, id: string, seq: number): Promise<Message> {
    const seen = await load(this.database.db, caller, id, { kind: 'channel' });
    if (!seen) throw Refused.notFound();
    return this.#state({ channelId: seen.id, channelUid: seen.uid }, seq);
  }

  /**
   * Changes a message while its channel's row is held. Resolves to the state after it; when `act` wrote nothing, to
   * the state as it was. @throws Refused `not-found`, and what `act` throws
   */
  async change(
    caller: Caller,
    id: string,
    seq: number,
    act: (log: LogWriter, message: StandingMessage) => Promise<void>,
  ): Promise<Message> {
    const seen = await load(this.database.db, caller, id, { kind: 'channel' });
    if (!seen) throw Refused.notFound();
    const channel = { channelId: seen.id, channelUid: seen.uid };
    await this.changes.write(channel, async (log) => {
      // Once more, now that nobody else can change it: what was read before may have passed.
      await act(log, await this.load(log.db, caller, id, seq));
    });
    return this.#state(channel, seq);
  }

  async #state({ channelId, channelUid }: LogChannel, seq: number): Promise<Message> {
    const [state] = await this.log.states({ id: channelId, uid: channelUid }, [seq]);
    if (!state) throw Refused.notFound();
    return state;
  }
}

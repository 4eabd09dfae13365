import type { House, Visitor } from '@parvis/testing/house';
import { Indexer } from '../indexer.ts';

const waitMsMax = 60_000;

/** The log of channels for tests of what follows it: changes as the rest of the chat makes them, in one transaction each. */
export class Log {
  readonly house: House;

  constructor(house: House) {
    this.house = house;
  }

  /** Resolves once all that is in the log is indexed. @throws when it does not come to that */
  async indexed(): Promise<void> {
    const indexer = this.house.served('chat').app.get(Indexer);
    for (const until = Date.now() + waitMsMax; Date.now() < until; ) {
      if ((await indexer.lag()) === 0) return;
      indexer.sweep();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the index stays behind the log');
  }

  async #change(
    channelUid: string,
    seq: number,
    why: string,
    sets: string,
    given: unknown[] = [],
  ): Promise<void> {
    await this.house.db.query(
      `with c as (select resource_id as id from chat.channel where uid = $1),
        changed as (update chat.message m set ${sets} from c where m.channel_id = c.id and m.seq = $2 returning m.sender_id)
       select chat.add_entry(c.id, changed.sender_id, 'change', $2, jsonb_build_object('why', $3::text)) from c, changed`,
      [channelUid, seq, why, ...given],
    );
  }

  edited(channelUid: string, seq: number, body: string): Promise<void> {
    return this.#change(channelUid, seq, 'edited', 'body = $4, edited_at = now()', [body]);
  }
  gone(channelUid: string, seq: number, how: 'deleted_at' | 'hidden_at'): Promise<void> {
    return this.#change(channelUid, seq, how === 'deleted_at' ? 'deleted' : 'hidden', `${how} = now()`);
  }
  pinned(channelUid: string, seq: number, on: boolean): Promise<void> {
    return this.#change(channelUid, seq, 'pinned', `pinned_at = ${on ? 'now()' : 'null'}`);
  }
  content(channelUid: string, seq: number, content: unknown): Promise<void> {
    return this.#change(channelUid, seq, 'edited', 'content = $4::jsonb', [JSON.stringify(content)]);
  }
  async reaction(channelUid: string, seq: number, by: Visitor): Promise<void> {
    await this.house.db.query(
      `insert into chat.reaction (channel_id, seq, emoji, person_id)
       select resource_id, $2, '👍', $3 from chat.channel where uid = $1`,
      [channelUid, seq, by.person.id],
    );
    await this.#change(channelUid, seq, 'reacted', 'seq = m.seq');
  }

  /** As if it had been said then; its entry is made anew. */
  async dated(channelUid: string, seq: number, at: string): Promise<void> {
    await this.house.db.query(
      `with c as (select resource_id as id from chat.channel where uid = $1),
        old as (delete from chat.search_entry e using c where e.channel_id = c.id and e.seq = $2)
       update chat.message m set at = $3 from c where m.channel_id = c.id and m.seq = $2`,
      [channelUid, seq, at],
    );
    await this.#change(channelUid, seq, 'edited', 'seq = m.seq');
  }

  /** How many messages of a channel the index knows. */
  async entries(channelUid: string): Promise<number> {
    const [row] = await this.house.db.query<{ count: number }>(
      `select count(*)::int from chat.search_entry e join chat.channel c on c.resource_id = e.channel_id where c.uid = $1`,
      [channelUid],
    );
    return row?.count ?? 0;
  }
}

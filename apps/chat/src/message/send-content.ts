import { Injectable } from '@nestjs/common';
import type { Mention } from '@parvis/contract/chat-entry';
import { mentionsIn } from '@parvis/contract/chat-mention';
import { mentionListSizeMax } from '@parvis/contract/limits';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Rights } from '../live/rights.ts';
import { ExtraContent } from './extra-content.ts';
import type { MessageContent } from './message-state.ts';
import type { Allowed } from './send-rules.ts';

/** What a message carries besides its text; null for most. */
export type Prepared = Allowed & { readonly content: MessageContent | null };

const isPlain = ({ body, quote, files, poll, via }: Allowed['send']) =>
  !body.includes('@') &&
  quote === undefined &&
  files === undefined &&
  poll === undefined &&
  via === undefined;

/** Reads and checks what messages carry besides their text. The text itself says whom it mentions, nothing else. */
@Injectable()
export class SendContent {
  constructor(
    private readonly database: Database,
    private readonly rights: Rights,
    private readonly extras: ExtraContent,
  ) {}

  /** Answers those whose message carries what it may not, and gives the others. */
  async prepare(allowed: readonly Allowed[]): Promise<Prepared[]> {
    const prepared: Prepared[] = [];
    const refusals: [Allowed, Refused][] = [];
    for (const one of allowed) {
      if (isPlain(one.send)) {
        prepared.push({ ...one, content: null });
        continue;
      }
      try {
        prepared.push({ ...one, content: await this.#contentOf(one) });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refusals.push([one, error]);
      }
    }
    for (const [{ send }, refused] of refusals) send.done({ refused });
    return prepared;
  }

  /** Whom a text mentions, with the names they have. @throws Refused `too-many-mentions` */
  async mentioned(body: string): Promise<Mention[]> {
    const written = mentionsIn(body);
    if (written.length > mentionListSizeMax) throw Refused.badInput([], 'too-many-mentions');
    const ids = written.flatMap(({ id }) => (id === null ? [] : [id]));
    if (ids.length === 0) return written.map((one) => ({ ...one }));
    const known = await this.database.db.query<{ kind: string; id: string; name: string }>(
      `select 'person' as kind, uid as id, name from access.person where uid = any($1::uuid[])
       union all select 'group', uid, name from access.people_group where uid = any($1::uuid[])`,
      [ids],
    );
    const names = new Map(known.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
    return written.flatMap(({ kind, id, name }) => {
      const found = id === null ? name : names.get(`${kind} ${id}`);
      return found === undefined ? [] : [{ kind, id, name: found }];
    });
  }

  async #contentOf({ send, right }: Allowed): Promise<MessageContent | null> {
    const mentions = await this.mentioned(send.body);
    const quote = send.quote && (await this.#quoted({ send, right }, send.quote));
    const files = send.files && (await this.extras.files(right, send.files));
    const poll = send.poll && this.extras.poll(send.poll);
    const content = {
      ...(mentions.length > 0 && { mentions }),
      ...(quote && { quote }),
      ...(files && files.length > 0 && { files }),
      ...(poll && { poll }),
      ...(send.via && { via: send.via }),
    };
    return Object.keys(content).length === 0 ? null : content;
  }

  /** Only what its sender may read themselves is passed on. */
  async #quoted({ send, right }: Allowed, quote: { channelId: string; seq: number }) {
    const here = quote.channelId === right.channelUid;
    const source = here ? right : (await this.rights.of(send.caller, [quote.channelId])).get(quote.channelId);
    const [found] = source
      ? await this.database.db.query(
          `select from chat.message where channel_id = $1 and seq = $2 and kind = 'message'
              and deleted_at is null and hidden_at is null`,
          [source.channelId, quote.seq],
        )
      : [];
    if (!found) throw new Refused(404, 'no-such-quote');
    return { channelId: quote.channelId, seq: quote.seq, here };
  }
}

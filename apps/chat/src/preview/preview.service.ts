import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Message } from '@parvis/contract/chat-entry';
import { previewBytesMax, previewMsMax } from '@parvis/contract/limits';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbound, OutboundError } from '@parvis/server/outbound';
import { type Delivery, Outbox } from '@parvis/server/outbox';
import { SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import { ChangeLog } from '../message/change-log.ts';
import type { MessagePosted } from '../message/posted-events.ts';
import type { ChatSettings } from '../settings.ts';
import { linksIn } from './links.ts';
import { factsOf } from './page-facts.ts';

type Preview = Message['previews'][number];

const job = 'fetch-previews';
const Data = z.object({ channel: z.int(), seq: z.int() });
const options = { retryLimit: 2, expireSeconds: 60, concurrency: 2 };
const redirectsMax = 3;

interface Row {
  readonly channelUid: string;
  readonly body: string;
  readonly senderId: number;
}

/**
 * Looks at the addresses in messages and shows what their pages say of themselves. The house asks, never the readers'
 * browsers: no page learns who reads. Where one may not go, or nothing is found, the link stays a link.
 */
@Injectable()
export class PreviewService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly jobs: Jobs,
    private readonly outbound: Outbound,
    private readonly changes: ChangeLog,
    @Inject(SETTINGS) private readonly settings: ChatSettings,
  ) {}

  onModuleInit(): void {
    if (this.settings.previews === 'off') return;
    this.jobs.define(job, Data, (data) => this.#fetch(data), options);
    this.outbox.on<MessagePosted>('message-posted', (posted, delivery) => this.#look(posted, delivery));
  }

  /** Sends a job for each new message with a link in it; most have none, and cost one scan of their range. */
  async #look({ channels }: MessagePosted, { db }: Delivery): Promise<void> {
    for (const { channelId, first, last } of channels) {
      const rows = await db.query<{ channel: number; seq: number; body: string }>(
        `select m.channel_id::float8 as channel, m.seq::float8 as seq, m.body from chat.message m
           join chat.channel c on c.resource_id = m.channel_id
          where c.uid = $1 and m.seq between $2 and $3 and m.kind = 'message' and m.body like '%://%'
            and m.deleted_at is null`,
        [channelId, first, last],
      );
      for (const { channel, seq, body } of rows)
        if (linksIn(body).length > 0)
          await this.jobs.send(db, job, { channel, seq }, { singletonKey: `${channel} ${seq}` });
    }
  }

  async #fetch({ channel, seq }: z.infer<typeof Data>): Promise<void> {
    const [row] = await this.database.db.query<Row>(
      `select c.uid as "channelUid", m.body, m.sender_id as "senderId" from chat.message m
         join chat.channel c on c.resource_id = m.channel_id
        where m.channel_id = $1 and m.seq = $2 and m.deleted_at is null and m.hidden_at is null`,
      [channel, seq],
    );
    if (!row) return;
    const found = await Promise.all(linksIn(row.body).map((link) => this.#preview(link)));
    const previews = found.filter((one) => one !== null);
    if (previews.length === 0) return;
    await this.changes.write({ channelId: channel, channelUid: row.channelUid }, async (log) => {
      const changed = await log.db.query(
        `update chat.message set content = coalesce(content, '{}') || jsonb_build_object('previews', $3::jsonb)
          where channel_id = $1 and seq = $2 and body = $4 and deleted_at is null
            and (content -> 'previews') is distinct from $3::jsonb returning 1`,
        [channel, seq, JSON.stringify(previews), row.body],
      );
      // Edited or deleted meanwhile: what was found speaks of another text.
      if (changed.length > 0) await log.change({ seq, actorId: row.senderId, why: 'previewed' });
    });
  }

  /** Null where there is nothing to show; only a page that did not answer in time is worth another try. */
  async #preview(url: string): Promise<Preview | null> {
    try {
      const answer = await this.outbound.call(url, {
        msMax: previewMsMax,
        bytesMax: previewBytesMax,
        longer: 'cut',
        redirectsMax,
        headers: { accept: 'text/html', 'user-agent': 'Parvis link preview' },
      });
      const type = answer.headers['content-type'] ?? '';
      if (answer.status !== 200 || !/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return null;
      const facts = factsOf(decoded(answer.body, type));
      return facts && { url, ...facts, image: null };
    } catch (error) {
      if (error instanceof OutboundError) return null;
      throw error;
    }
  }
}

/** The text of a page, in the encoding that its header names; unknown ones are read as UTF-8. */
function decoded(body: Buffer, type: string): string {
  const named = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

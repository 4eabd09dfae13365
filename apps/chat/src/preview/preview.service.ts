import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { load } from '@parvis/access/read';
import type { Message } from '@parvis/contract/chat-entry';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { type Delivery, Outbox } from '@parvis/server/outbox';
import { Refused } from '@parvis/server/refused';
import { SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import type { Picture } from '../emoji/picture.ts';
import { ChangeLog } from '../message/change-log.ts';
import type { MessagePosted } from '../message/posted-events.ts';
import type { ChatSettings } from '../settings.ts';
import { linksIn } from './links.ts';
import { PageReader } from './page-reader.ts';

type Preview = Message['previews'][number];

const job = 'fetch-previews';
const Data = z.object({ channel: z.int(), seq: z.int() });
const options = { retryLimit: 2, expireSeconds: 60, concurrency: 2 };

interface Row {
  readonly channelUid: string;
  readonly body: string;
  readonly senderId: number;
  readonly known: readonly Preview[];
}
interface Found {
  readonly preview: Preview;
  readonly picture: (Picture & { readonly uid: string }) | null;
}

/** Where the picture of a preview is. */
function picturePath(channelUid: string, uid: string): string {
  return `/api/chat/channels/${channelUid}/previews/${uid}`;
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
    private readonly pages: PageReader,
    private readonly changes: ChangeLog,
    @Inject(SETTINGS) private readonly settings: ChatSettings,
  ) {}

  onModuleInit(): void {
    if (this.settings.previews === 'off') return;
    this.jobs.define(job, Data, (data) => this.#fetch(data), options);
    this.outbox.on<MessagePosted>('message-posted', (posted, delivery) => this.#look(posted, delivery));
  }

  /** In the transaction of an edit: the links that are new in the text are looked at after it. */
  async again(
    db: Db,
    place: { channelId: number; seq: number },
    before: string,
    body: string,
  ): Promise<void> {
    const old = linksIn(before);
    if (this.settings.previews === 'off' || linksIn(body).every((link) => old.includes(link))) return;
    await this.jobs.send(db, job, { channel: place.channelId, seq: place.seq });
  }

  /** @throws Refused `not-found`: also when what showed it is gone, or is not theirs to see */
  async picture(
    caller: Caller,
    channelUid: string,
    pictureUid: string,
  ): Promise<{ type: string; picture: Buffer }> {
    const { db } = this.database;
    const channel = await load(db, caller, channelUid, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    const [row] = await db.query<{ type: string; picture: Buffer }>(
      `select p.type, p.picture from chat.preview_picture p
         join chat.message m on m.channel_id = p.channel_id and m.seq = p.seq
        where p.uid = $2 and p.channel_id = $1 and m.deleted_at is null and m.hidden_at is null`,
      [channel.id, pictureUid],
    );
    if (row === undefined) throw Refused.notFound();
    return row;
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
      `select c.uid as "channelUid", m.body, m.sender_id as "senderId",
          coalesce(m.content -> 'previews', '[]') as known
         from chat.message m join chat.channel c on c.resource_id = m.channel_id
        where m.channel_id = $1 and m.seq = $2 and m.deleted_at is null and m.hidden_at is null`,
      [channel, seq],
    );
    if (!row) return;
    const looked = await Promise.all(linksIn(row.body).map((link) => this.#found(link, row)));
    const found = looked.filter((one) => one !== null);
    if (found.length === 0) return;
    await this.changes.write({ channelId: channel, channelUid: row.channelUid }, async (log) => {
      for (const { picture } of found) if (picture !== null) await keep(log.db, channel, seq, picture);
      const changed = await log.db.query(
        `update chat.message set content = coalesce(content, '{}') || jsonb_build_object('previews', $3::jsonb)
          where channel_id = $1 and seq = $2 and body = $4 and deleted_at is null
            and (content -> 'previews') is distinct from $3::jsonb returning 1`,
        [channel, seq, JSON.stringify(found.map(({ preview }) => preview)), row.body],
      );
      // Edited or deleted meanwhile: what was found speaks of another text.
      if (changed.length > 0) return log.change({ seq, actorId: row.senderId, why: 'previewed' });
      const pictures = found.flatMap(({ picture }) => (picture === null ? [] : [picture.uid]));
      await log.db.query('delete from chat.preview_picture where uid = any($1::uuid[])', [pictures]);
    });
  }

  /** What was found before is kept; null where there is nothing to show. */
  async #found(url: string, { known, channelUid }: Row): Promise<Found | null> {
    const before = known.find((one) => one.url === url);
    if (before !== undefined) return { preview: before, picture: null };
    const page = await this.pages.read(url);
    if (page === null) return null;
    const picture = page.picture && { ...page.picture, uid: randomUUID() };
    const image = picture === null ? null : picturePath(channelUid, picture.uid);
    return { preview: { url, ...page.facts, image }, picture };
  }
}

async function keep(
  db: Db,
  channel: number,
  seq: number,
  { uid, type, bytes }: Picture & { readonly uid: string },
): Promise<void> {
  await db.query(
    'insert into chat.preview_picture (uid, channel_id, seq, type, picture) values ($1, $2, $3, $4, $5)',
    [uid, channel, seq, type, bytes],
  );
}

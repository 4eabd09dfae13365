import { Injectable } from '@nestjs/common';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import { pollDaysMax } from '@parvis/contract/limits';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import type { Right } from '../live/rights.ts';

type File = Message['files'][number];
type Poll = NonNullable<Message['poll']>;
const dayMs = 86_400_000;

/** Files and questions that are sent with a message. */
@Injectable()
export class ExtraContent {
  constructor(private readonly database: Database) {}

  /** What the tree knows of files below the channel, in the order in which they were given. @throws Refused `no-such-file` */
  async files({ channelId }: Right, ids: readonly string[]): Promise<File[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.db.query<File>(
      `select uid as id, title as name, coalesce(meta ->> 'mediaType', 'application/octet-stream') as type,
          coalesce((meta ->> 'sizeBytes')::float8, 0) as bytes
         from access.resource
        where uid = any($1::uuid[]) and kind = 'file' and parent_id = $2 and trash_id is null`,
      [ids, channelId],
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    return [...new Set(ids)].map((id) => {
      const file = known.get(id);
      if (!file) throw new Refused(404, 'no-such-file');
      return file;
    });
  }

  /** @throws Refused `time-out-of-range` */
  poll(given: NonNullable<MessageExtras['poll']>): Poll {
    if (given.closesAt !== null) {
      const aheadMs = Date.parse(given.closesAt) - Date.now();
      if (aheadMs < 0 || aheadMs > pollDaysMax * dayMs) throw Refused.badInput([], 'time-out-of-range');
    }
    return {
      ...given,
      options: given.options.map((text, index) => ({ id: String(index), text, votes: 0, people: [] })),
      closedAt: null,
    };
  }
}

import { Injectable } from '@nestjs/common';
import { Following } from '../live/following.ts';
import { Notices } from '../live/notices.ts';
import { type ChannelName, MessageLog } from './message.log.ts';
import { PostedEvents } from './posted-events.ts';

/** A channel as rights know it, as the log knows it. */
export function nameOf(right: { readonly channelId: number; readonly channelUid: string }): ChannelName {
  return { id: right.channelId, uid: right.channelUid };
}

/**
 * Says after a commit that channels grew: their followers here and elsewhere are given what is new from the table, and
 * the rest of the house is told. Lost, or said twice, it costs a moment and nothing else.
 */
@Injectable()
export class Growth {
  constructor(
    private readonly log: MessageLog,
    private readonly following: Following,
    private readonly notices: Notices,
    private readonly posted: PostedEvents,
  ) {}

  async grew(
    channels: readonly { readonly channelId: number; readonly channelUid: string }[],
  ): Promise<void> {
    this.posted.grew(channels.map(({ channelId }) => channelId));
    try {
      const heads = await this.log.heads(channels.map(({ channelId }) => channelId));
      for (const { channelId, channelUid } of channels) {
        const head = heads.get(channelId);
        if (!head) continue;
        this.following.grew(channelUid, head);
        this.notices.head(channelUid, head);
      }
    } catch {
      // The database is away: every process looks at the heads again by itself.
    }
  }
}

import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MeetingEntry } from '@parvis/contract/meet';
import type { Caller } from '@parvis/server/caller';
import { LiveKit, tokenSeconds } from '../livekit.ts';

/** A room in which a browser tries its connection: nobody else can come in, and it is gone soon after. */
@Injectable()
export class TrialService {
  constructor(private readonly livekit: LiveKit) {}

  /** @throws Refused `meetings-off` */
  async begin(caller: Caller): Promise<MeetingEntry> {
    // No meeting has a name of this shape: webhooks and comparisons pass it by.
    const room = `trial.${caller.uid}.${randomBytes(6).toString('hex')}`;
    await this.livekit.openRoom(room, 1, '{}');
    const token = await this.livekit.token({
      room,
      identity: room,
      name: caller.name,
      attributes: {},
      sources: ['camera', 'microphone'],
    });
    const expiresAt = new Date(Date.now() + tokenSeconds * 1000).toISOString();
    return { path: '/livekit', token, identity: room, expiresAt };
  }
}

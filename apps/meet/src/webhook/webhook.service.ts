import { Injectable } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import type { WebhookEvent } from 'livekit-server-sdk';
import { Changed } from '../meeting/changed.ts';
import { meetingOfRoom } from '../meeting/identity.ts';
import { Leaving } from '../meeting/leaving.ts';
import { Reconciler } from '../meeting/reconciler.ts';
import { arrived, type Coming, departed } from '../meeting/stays.ts';

/** What the media server says happened in a meeting, taken in once each, in any order. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: Database,
    private readonly leaving: Leaving,
    private readonly reconciler: Reconciler,
    private readonly changed: Changed,
    private readonly outbox: Outbox,
  ) {}

  /** An event of LiveKit whose signature was checked. */
  async heard(event: WebhookEvent): Promise<void> {
    const room = event.room?.name ?? '';
    const meeting = meetingOfRoom(room);
    if (meeting === null) return;
    const { identity = '', sid = '' } = event.participant ?? {};
    const coming: Coming = { room, identity, sid, at: new Date(Number(event.createdAt) * 1000) };
    await this.database.transaction(async (db) => {
      const fresh = await db.query(
        'insert into meet.webhook (id) values ($1) on conflict do nothing returning id',
        [event.id],
      );
      if (fresh.length === 0) return;
      if (event.event === 'participant_joined' && (await arrived(db, coming)))
        await this.outbox.add(db, 'meeting-started', { meetingId: meeting.uid });
      if (event.event === 'participant_left') await departed(db, coming);
      if (event.event === 'participant_joined' || event.event === 'participant_left')
        await this.changed.say(db, meeting.uid);
    });
    if (event.event === 'participant_joined') await this.leaving.removeIfStranger({ room, identity });
    // Whoever is noted as in a room that is gone may by now be in another of the same meeting: LiveKit is asked.
    if (event.event === 'room_finished') await this.reconciler.compareMeeting(meeting.uid);
  }
}

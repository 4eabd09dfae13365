import { Inject, Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { roles } from '@parvis/access/read';
import type { keepRecording, Recording, startRecording } from '@parvis/contract/meet-record';
import type { InputOf } from '@parvis/contract/operation';
import { done, Id } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { v7 } from '@parvis/server/uuid';
import { Changed } from '../meeting/changed.ts';
import { Meetings, type Seated } from '../meeting/meetings.ts';
import { Mirror } from '../room/mirror.ts';
import { ScribeKeeper } from '../scribe/keeper.ts';
import type { settings } from '../settings.ts';
import { agree, refuseDeaf } from './listening.service.ts';
import { Pictures } from '../picture/pictures.ts';
import { Shelf } from '../shelf/shelf.ts';
import { Recordings } from './recordings.ts';

/** Recordings: asked for by organisers, of those who agree; heard by whoever sees the meeting. */
@Injectable()
export class RecordService {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly changed: Changed,
    private readonly mirror: Mirror,
    private readonly keeper: ScribeKeeper,
    private readonly recordings: Recordings,
    private readonly shelf: Shelf,
    private readonly pictures: Pictures,
    @Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>,
  ) {}

  async all(caller: Caller, id: string): Promise<{ recordings: Recording[] }> {
    const { row } = await this.meetings.seen(caller, id);
    const { db } = this.database;
    const recordings = await this.recordings.of(db, row.id);
    // Whoever was invited from elsewhere hears them here and does not see the space.
    const open = await roles(
      db,
      caller,
      recordings.flatMap(({ folderId }) => folderId ?? []),
    );
    return {
      recordings: recordings.map((one) => ({
        ...one,
        folderId: one.folderId !== null && open.has(one.folderId) ? one.folderId : null,
      })),
    };
  }

  /**
   * @throws Refused `not-found`, `not-allowed`, `meeting-ended`, `meeting-encrypted`, `recording-running`,
   * `picture-off`, `picture-busy`
   */
  async start(caller: Caller, { id, picture }: InputOf<typeof startRecording>): Promise<Recording> {
    const { row } = await this.meetings.organised(caller, id);
    refuseDeaf(row);
    if (!this.set.livekitUrl) throw Refused.unavailable('meetings-off');
    const recordingId = v7();
    await this.database.transaction(async (db) => {
      if (picture) await this.pictures.take(db);
      const fresh = await db.query(
        `insert into meet.recording (id, meeting_id, state, by_id, kept_until, picture)
         values ($1, $2, 'asked', $3, current_date + $4::int, $5)
         on conflict (meeting_id) where state in ('asked', 'on') do nothing returning id`,
        [recordingId, row.id, caller.id, this.set.recordingDays, picture],
      );
      if (fresh.length === 0) throw Refused.conflict('recording-running');
      await db.query(
        `insert into meet.listening (meeting_id, recording_id) values ($1, $2)
         on conflict (meeting_id) do update set recording_id = excluded.recording_id`,
        [row.id, recordingId],
      );
      await db.query(`update meet.meeting set recording = $2 where resource_id = $1`, [
        row.id,
        JSON.stringify({ state: 'asked', by: caller.name, since: new Date().toISOString(), picture }),
      ]);
      // Whoever asks has agreed.
      await agree(db, row.id, caller.uid, { agrees: true, picture });
      await audit(db, {
        actorId: caller.id,
        action: 'recording.started',
        resourceId: row.id,
        detail: { recording: recordingId, picture },
      });
      await this.changed.say(db, id);
    });
    await this.mirror.show(id);
    await this.keeper.look();
    return this.#one(row.id, recordingId);
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async stop(caller: Caller, id: string) {
    const { row } = await this.meetings.organised(caller, id);
    await this.database.transaction(async (db) => {
      const [ended] = await db.query<{ id: string }>(
        `update meet.recording set state = 'saving', ended_at = now()
          where meeting_id = $1 and state in ('asked', 'on') returning id`,
        [row.id],
      );
      if (!ended) return;
      await db.query('update meet.listening set recording_id = null where meeting_id = $1', [row.id]);
      await db.query(
        `update meet.meeting set recording = jsonb_set(recording, '{state}', '"saving"') where resource_id = $1`,
        [row.id],
      );
      await audit(db, {
        actorId: caller.id,
        action: 'recording.stopped',
        resourceId: row.id,
        detail: { recording: ended.id },
      });
      await this.changed.say(db, id);
    });
    await this.mirror.show(id);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async keep(caller: Caller, { id, days }: InputOf<typeof keepRecording>): Promise<Recording> {
    const { row, role } = await this.seen(caller, id);
    if (role !== 'organiser') throw Refused.notAllowed();
    await this.database.transaction(async (db) => {
      const [kept] = await db.query<{ until: string }>(
        `update meet.recording set kept_until = current_date + $2::int where id = $1
         returning kept_until::text as until`,
        [id, days],
      );
      if (kept) await this.shelf.extend(db, id, kept.until);
      await audit(db, {
        actorId: caller.id,
        action: 'recording.kept',
        resourceId: row.id,
        detail: { recording: id, days },
      });
      await this.changed.sayKept(db, row.uid);
    });
    return this.#one(row.id, id);
  }

  /** @throws Refused `not-found`, `not-allowed`, `recording-not-ready` while it runs or is being saved */
  async delete(caller: Caller, id: string) {
    const { row, role } = await this.seen(caller, id);
    if (role !== 'organiser') throw Refused.notAllowed();
    await this.database.transaction(async (db) => {
      const gone = await db.query(
        `delete from meet.recording where id = $1 and state in ('saved', 'failed') returning id`,
        [id],
      );
      if (gone.length === 0) throw Refused.conflict('recording-not-ready');
      await audit(db, {
        actorId: caller.id,
        action: 'recording.deleted',
        resourceId: row.id,
        detail: { recording: id },
      });
      await this.shelf.clear(db, id);
      await this.changed.sayKept(db, row.uid);
    });
    return done;
  }

  /** The meeting of a recording, for somebody who sees it. @throws Refused `not-found` */
  async seen(caller: Caller, recordingId: string): Promise<Seated> {
    if (!Id.safeParse(recordingId).success) throw Refused.notFound();
    const [found] = await this.database.db.query<{ uid: string }>(
      `select m.uid from meet.recording r join meet.meeting m on m.resource_id = r.meeting_id where r.id = $1`,
      [recordingId],
    );
    if (!found) throw Refused.notFound();
    return this.meetings.seen(caller, found.uid);
  }

  async #one(meetingId: number, id: string): Promise<Recording> {
    const [recording] = await this.recordings.of(this.database.db, meetingId, { id });
    if (!recording) throw Refused.notFound();
    return recording;
  }
}

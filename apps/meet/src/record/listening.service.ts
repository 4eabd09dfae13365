import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import type { answerConsent } from '@parvis/contract/meet-record';
import type { Listening, startCaptions } from '@parvis/contract/meet-transcript';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Changed } from '../meeting/changed.ts';
import type { MeetingRow } from '../meeting/meeting-row.ts';
import { Meetings } from '../meeting/meetings.ts';
import { Attendees } from '../room/attendees.ts';
import { Mirror } from '../room/mirror.ts';
import { ScribeKeeper } from '../scribe/keeper.ts';
import { SpeechDesk } from '../scribe/speech-desk.ts';
import { Pictures } from '../picture/pictures.ts';
import { Recordings } from './recordings.ts';

/** What the scribe is asked to do in a meeting, by whom, and who lets it. */
@Injectable()
export class ListeningService {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly attendees: Attendees,
    private readonly changed: Changed,
    private readonly mirror: Mirror,
    private readonly keeper: ScribeKeeper,
    private readonly speech: SpeechDesk,
    private readonly recordings: Recordings,
    private readonly pictures: Pictures,
  ) {}

  /** @throws Refused `not-found`, `no-session` */
  async one(caller: Caller | null, id: string, pass: string | undefined): Promise<Listening> {
    const { row, me } = await this.attendees.asking(caller, id, pass);
    const { db } = this.database;
    const [[wanted], speech, [running], [answer], picture] = await Promise.all([
      db.query<{ captions: boolean; transcript: boolean }>(
        'select captions, transcript from meet.listening where meeting_id = $1',
        [row.id],
      ),
      this.speech.state(),
      this.recordings.of(db, row.id, { running: true }),
      db.query<{ agrees: boolean; picture: boolean }>(
        'select agrees, picture from meet.consent where meeting_id = $1 and who = $2',
        [row.id, me.who],
      ),
      this.pictures.state(db),
    ]);
    // Whoever agreed to be heard has not been asked yet whether they may be seen.
    const unasked = answer === undefined || (answer.agrees && running?.picture === true && !answer.picture);
    return {
      speech,
      captions: wanted?.captions ?? false,
      transcript: wanted?.transcript ?? false,
      recording: running ?? null,
      picture,
      consent: unasked ? 'unasked' : answer.agrees ? 'agreed' : 'refused',
    };
  }

  /**
   * Captions are for whoever takes part; a transcript, which stays, is for organisers to ask for.
   * @throws Refused `not-found`, `not-allowed`, `meeting-ended`, `meeting-encrypted`, `captions-off`, `speech-away`
   */
  async start(caller: Caller, { id, transcript }: InputOf<typeof startCaptions>) {
    const { row, role } = await this.meetings.seen(caller, id);
    if (role === 'listener' || (transcript && role !== 'organiser')) throw Refused.notAllowed();
    refuseDeaf(row);
    const { languages } = await this.speech.ready();
    await this.database.transaction(async (db) => {
      const [wanted] = await db.query<{ transcript: boolean }>(
        `insert into meet.listening as l (meeting_id, captions, transcript) values ($1, true, $2)
         on conflict (meeting_id) do update set captions = true, transcript = l.transcript or $2
         returning l.transcript`,
        [row.id, transcript],
      );
      await db.query('update meet.meeting set captions = $2 where resource_id = $1', [
        row.id,
        JSON.stringify({ state: 'on', languages, transcript: wanted?.transcript ?? false }),
      ]);
      if (transcript) await agree(db, row.id, caller.uid, { agrees: true, picture: false });
      const action = transcript ? 'transcript.started' : 'captions.started';
      await audit(db, { actorId: caller.id, action, resourceId: row.id, detail: {} });
      await this.changed.say(db, id);
    });
    await this.#tell(id);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`: a transcript is ended by organisers */
  async stop(caller: Caller, id: string) {
    const { row, role } = await this.meetings.seen(caller, id);
    if (role === 'listener') throw Refused.notAllowed();
    await this.database.transaction(async (db) => {
      const [wanted] = await db.query<{ transcript: boolean }>(
        'select transcript from meet.listening where meeting_id = $1 and captions for update',
        [row.id],
      );
      if (!wanted) return;
      if (wanted.transcript && role !== 'organiser') throw Refused.notAllowed();
      await db.query('update meet.listening set captions = false, transcript = false where meeting_id = $1', [
        row.id,
      ]);
      await db.query(
        `update meet.meeting set captions = '{"state":"off","languages":[]}' where resource_id = $1`,
        [row.id],
      );
      await audit(db, { actorId: caller.id, action: 'captions.stopped', resourceId: row.id, detail: {} });
      await this.changed.say(db, id);
    });
    await this.#tell(id);
    return done;
  }

  /** @throws Refused `not-found`, `no-session` */
  async answer(
    caller: Caller | null,
    { id, agrees, picture, pass }: InputOf<typeof answerConsent>,
  ): Promise<OutputOf<typeof answerConsent>> {
    const { row, me } = await this.attendees.asking(caller, id, pass);
    await this.database.transaction(async (db) => {
      await agree(db, row.id, me.who, { agrees, picture });
      await audit(db, {
        actorId: caller?.id ?? null,
        action: agrees ? 'consent.given' : 'consent.refused',
        resourceId: row.id,
        detail: { who: me.who, picture },
      });
    });
    return { consent: agrees ? 'agreed' : 'refused' };
  }

  async #tell(id: string): Promise<void> {
    await this.mirror.show(id);
    await this.keeper.look();
  }
}

/**
 * Notes whether somebody lets the scribe keep what they say in a meeting, and how they are seen. Who agreed to be seen
 * and is then asked for the voice alone has not taken that back.
 */
export async function agree(
  db: Db,
  meetingId: number,
  who: string,
  { agrees, picture }: { agrees: boolean; picture: boolean },
): Promise<void> {
  await db.query(
    `insert into meet.consent as c (meeting_id, who, agrees, picture) values ($1, $2, $3, $3 and $4)
     on conflict (meeting_id, who) do update set agrees = excluded.agrees,
       picture = excluded.agrees and (excluded.picture or c.picture), at = clock_timestamp()`,
    [meetingId, who, agrees, picture],
  );
}

/** In a meeting that is over or that only its participants can hear, the scribe has nothing to do. */
export function refuseDeaf(row: MeetingRow): void {
  if (row.endedAt !== null) throw Refused.conflict('meeting-ended');
  if (row.encrypted) throw Refused.conflict('meeting-encrypted');
}

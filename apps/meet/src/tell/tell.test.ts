import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMeeting, getMeeting } from '@parvis/contract/meet';
import { type MeetHearing, meetPath } from '@parvis/contract/meet-lobby';
import { makeMinutes } from '@parvis/contract/meet-minutes';
import { stopCaptions } from '@parvis/contract/meet-transcript';
import { answerMeeting, listMyMeetings, scheduleMeeting } from '@parvis/contract/meet-schedule';
import { Database } from '@parvis/server/database';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Emptied } from '../meeting/emptied.ts';
import { RecordingStore } from '../record/recording-store.ts';
import { frameSamples, OggOpus } from '../scribe/ogg-opus.ts';
import { saveRecording } from '../scribe/saving.ts';
import { meet } from '../service.ts';
import { meetingSettings, signed } from '../testing/media-server.ts';
import { TranscriptNews } from './transcript-news.ts';

const patience = { timeout: 60_000, interval: 100 };
const minuteMs = 60_000;
let house: House;
let [owner, amina, ben] = [] as unknown as [Visitor, Visitor, Visitor];
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([meet], meetingSettings('http://127.0.0.1:1'));
  [owner, amina, ben] = [await house.person(), await house.person(), await house.person()];
  spaceId = (await house.space({ owner, members: [amina, ben] })).uid;
}, 300_000);
afterAll(() => house?.stop());

const part = <T>(kind: abstract new (...given: never[]) => T): T =>
  house.served('meet').app.get(kind as never, { strict: false });

/** Somebody comes or leaves, as the media server tells it. */
async function moves(
  who: Visitor,
  meetingId: string,
  way: 'joined' | 'left',
  at = new Date(),
): Promise<void> {
  const { body, authorization } = await signed({
    id: randomUUID(),
    event: `participant_${way}`,
    createdAt: String(Math.floor(at.getTime() / 1_000)),
    room: { name: meetingId },
    participant: { identity: `${who.person.uid}.00000000000a`, sid: `PA_${who.person.id}` },
  });
  const answer = await fetch(`${house.urlOf('meet')}/api/meet/livekit-webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/webhook+json', authorization },
    body,
  });
  expect(answer.status).toBe(200);
}

const told = async (meetingId: string) => {
  const rows = await house.db.query<{ why: string; people: number[] }>(
    `select detail->>'why' as why, array(select jsonb_array_elements_text(detail->'people')::int order by 1) as people
       from access.happening h join meet.meeting m on m.resource_id = h.resource_id
      where what = 'meeting' and m.uid = $1 and detail->>'why' <> 'invited' order by h.id`,
    [meetingId],
  );
  return rows.map(({ why, people }) => [why, people]);
};
const ids = (...who: Visitor[]) => who.map(({ person }) => person.id).toSorted((a, b) => a - b);

/** A meeting of the owner with two who are invited, held from and until so many minutes from now. */
async function planned(from: number, until: number): Promise<string> {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const { meetingId } = await owner.call(scheduleMeeting, {
    title: 'Comité',
    starts: `${tomorrow}T09:00`,
    minutes: 30,
    timeZone: 'UTC',
    people: [amina.person.uid, ben.person.uid],
  });
  await house.db.query(
    `update meet.occurrence o set starts_at = now() + make_interval(mins => $2),
        ends_at = now() + make_interval(mins => $3)
       from meet.meeting m where m.resource_id = o.meeting_id and m.uid = $1`,
    [meetingId, from, until],
  );
  return meetingId;
}

describe('a scheduled meeting that begins', () => {
  test('is told once to those invited who are not there, but not to whoever answered no', async () => {
    const id = await planned(-1, 30);
    await ben.call(answerMeeting, { id, answer: 'no' });
    await moves(amina, id, 'joined');
    expect(await told(id)).toEqual([['meeting-started', ids(owner)]]);
    await moves(amina, id, 'left');
    await moves(owner, id, 'joined');
    expect(await told(id)).toHaveLength(1);
  });

  test('does not begin with somebody who comes an hour before', async () => {
    const id = await planned(60, 90);
    await moves(amina, id, 'joined');
    expect(await told(id)).toEqual([]);
  });
});

/** A second of silence, as it lies in the spool. */
function aSecond(): Buffer {
  const opus = new OggOpus();
  const sound = [opus.head()];
  for (let nr = 0; nr < 100; nr += 1) {
    const page = opus.put(new Int16Array(frameSamples));
    if (page) sound.push(page);
  }
  return Buffer.concat(sound);
}

/** A recording that the owner asked for a minute ago is over, and saved twice from what it left in the spool. */
async function recorded(meetingId: string, { sound, code }: { sound: boolean; code?: string }) {
  const id = randomUUID();
  await house.db.query(
    `insert into meet.recording (id, meeting_id, state, code, by_id, started_at, ended_at, kept_until)
     select $1, resource_id, 'saving', $2, $3, now() - interval '1 minute', now(), current_date + 9
       from meet.meeting where uid = $4`,
    [id, code ?? null, owner.person.id, meetingId],
  );
  const spool = await mkdtemp(join(tmpdir(), 'parvis-tell-'));
  const folder = join(spool, id);
  await mkdir(folder);
  if (sound) {
    await writeFile(join(folder, '0.ogg'), aSecond());
    await writeFile(join(folder, '0.json'), JSON.stringify({ who: null, name: '', startedAt: Date.now() }));
  }
  const { store } = part(RecordingStore);
  await saveRecording(part(Database), store, { id, folder });
  await saveRecording(part(Database), store, { id, folder });
  await rm(spool, { recursive: true, force: true });
}

describe('what is kept of a meeting', () => {
  test('its recording is told of when it is saved, to the organiser and to those who were there', async () => {
    const { id } = await owner.call(createMeeting, { spaceId, title: 'Gardée' });
    await moves(amina, id, 'joined', new Date(Date.now() - 10 * minuteMs));
    await moves(ben, id, 'joined', new Date(Date.now() - 3 * 24 * 60 * minuteMs));
    await moves(ben, id, 'left', new Date(Date.now() - 3 * 24 * 60 * minuteMs + minuteMs));
    await recorded(id, { sound: true });
    expect(await told(id)).toEqual([['recording-saved', ids(owner, amina)]]);
  });

  test('a recording that met a full disk or lost its scribe is told of as one in which a part is missing', async () => {
    const { id } = await owner.call(createMeeting, { spaceId, title: 'Coupée' });
    await moves(amina, id, 'joined');
    await recorded(id, { sound: true, code: 'disk-full' });
    expect(await told(id)).toEqual([['recording-cut', ids(owner, amina)]]);
    const gap = (from: number, to: number) =>
      house.db.query(
        `insert into meet.gap (meeting_id, from_at, to_at)
         select resource_id, now() - make_interval(secs => $2), now() - make_interval(secs => $3)
           from meet.meeting where uid = $1`,
        [id, from, to],
      );
    // Of a time before the recording, and then within it.
    await gap(900, 890);
    await recorded(id, { sound: true });
    await gap(40, 35);
    await recorded(id, { sound: true });
    expect((await told(id)).map(([why]) => why)).toEqual([
      'recording-cut',
      'recording-saved',
      'recording-cut',
    ]);
  });

  test('a recording of which nothing is left is told to those who organise, and not to those who were there', async () => {
    const { id } = await owner.call(createMeeting, { spaceId, title: 'Muette' });
    await moves(amina, id, 'joined');
    await recorded(id, { sound: false });
    expect(await told(id)).toEqual([['recording-failed', ids(owner)]]);
  });

  test('its transcript is told of once, when it is over and something was said, and its minutes when they are made', async () => {
    const { id } = await owner.call(createMeeting, { spaceId, title: 'Écrite' });
    await moves(ben, id, 'joined');
    const listen = () =>
      house.db.query(
        `insert into meet.listening (meeting_id, captions, transcript)
         select resource_id, true, true from meet.meeting where uid = $1
         on conflict (meeting_id) do update set captions = true, transcript = true`,
        [id],
      );
    const news = part(TranscriptNews);
    await listen();
    await owner.call(stopCaptions, { id });
    await news.look();
    expect(await told(id)).toEqual([]);
    await listen();
    await house.db.query(
      `insert into meet.transcript_line
         (id, meeting_id, who, name, started_at, ended_at, text, language, confidence, model)
       select $1, resource_id, $2, 'Ben', clock_timestamp(), clock_timestamp() + interval '1 second',
         'We agreed that the winter timetable is adopted as it stands.', 'en', 0.9, 'hum-1'
         from meet.meeting where uid = $3`,
      [randomUUID(), ben.person.uid, id],
    );
    await news.look();
    expect(await told(id)).toEqual([]);
    // A scribe that still writes the last words holds the meeting.
    const hold = (until: string | null) =>
      house.db.query(
        `update meet.listening l set holder = case when $2::text is null then null else 'scribe' end,
            held_until = now() + $2::interval
           from meet.meeting m where m.resource_id = l.meeting_id and m.uid = $1`,
        [id, until],
      );
    await hold('1 hour');
    await owner.call(stopCaptions, { id });
    await news.look();
    expect(await told(id)).toEqual([]);
    await hold(null);
    await news.look();
    await news.look();
    expect(await told(id)).toEqual([['transcript-ready', ids(owner, ben)]]);
    const heard: MeetHearing['t'][] = [];
    const page = await ben.socket(`${meetPath}/${id}`);
    page.on('message', (data) => heard.push((JSON.parse(String(data)) as MeetHearing).t));
    await ben.call(makeMinutes, { id, locale: 'en' });
    await vi.waitFor(
      async () => expect((await told(id)).at(-1)).toEqual(['minutes-ready', ids(owner, ben)]),
      patience,
    );
    expect(await told(id)).toHaveLength(2);
    await vi.waitFor(() => expect(heard).toContain('kept'), patience);
    page.close();
  });
});

describe('a meeting from which everybody has gone', () => {
  const at = (minutes: number) => new Date(Date.now() + minutes * minuteMs);
  const over = async (id: string) => (await owner.call(getMeeting, { id })).endedAt;

  test('ends by itself some time after, at the moment in which the last left', async () => {
    const { id } = await owner.call(createMeeting, { spaceId, title: 'Vidée' });
    const { id: never } = await owner.call(createMeeting, { spaceId, title: 'Jamais tenue' });
    const left = at(-20);
    await moves(amina, id, 'joined', at(-50));
    await moves(ben, id, 'joined', at(-40));
    await moves(amina, id, 'left', left);
    const emptied = part(Emptied);
    await emptied.look(at(60));
    expect(await over(id)).toBeNull();
    await moves(ben, id, 'left', at(-30));
    await emptied.look(at(0));
    expect(await over(id)).toBeNull();
    await emptied.look(at(11));
    expect(Date.parse((await over(id)) ?? '')).toBe(Math.floor(left.getTime() / 1_000) * 1_000);
    expect(await over(never)).toBeNull();
  });

  test('that is scheduled waits for its time to pass', async () => {
    const id = await planned(-60, 10);
    await moves(amina, id, 'joined', at(-50));
    await moves(amina, id, 'left', at(-45));
    const emptied = part(Emptied);
    await emptied.look(at(0));
    expect(await over(id)).toBeNull();
    await emptied.look(at(41));
    expect(await over(id)).not.toBeNull();
  });
});

test('a cancelled time stands in the list for a day', async () => {
  const id = await planned(60, 90);
  const cancelledAgo = (hours: number) =>
    house.db.query(
      `update meet.occurrence o set cancelled_at = now() - make_interval(hours => $2)
         from meet.meeting m where m.resource_id = o.meeting_id and m.uid = $1`,
      [id, hours],
    );
  const listed = async () => {
    const span = { since: new Date().toISOString(), until: new Date(Date.now() + 86_400_000).toISOString() };
    const { meetings } = await amina.call(listMyMeetings, span);
    return meetings.filter(({ meetingId }) => meetingId === id).map(({ cancelled }) => cancelled);
  };
  await cancelledAgo(23);
  expect(await listed()).toEqual([true]);
  await cancelledAgo(25);
  expect(await listed()).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { createMeeting, endMeeting, getMeeting } from '@parvis/contract/meet';
import { getMinutes, getMinutesPage, makeMinutes, setMinutesDocument } from '@parvis/contract/meet-minutes';
import { recordingContentPath } from '@parvis/contract/content-path';
import {
  answerConsent,
  deleteRecording,
  keepRecording,
  listRecordings,
  startRecording,
  stopRecording,
} from '@parvis/contract/meet-record';
import {
  correctLine,
  deleteTranscript,
  exportTranscript,
  getLineHistory,
  getListening,
  getTranscript,
  startCaptions,
} from '@parvis/contract/meet-transcript';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { meet } from '../service.ts';
import { aModel, type Engine } from '../testing/engines.ts';
import { Retention } from './retention.ts';
import { RecordingStore } from './recording-store.ts';

const patience = { timeout: 45_000, interval: 100 };
let house: House;
let model: Engine;
let grace: Visitor;
let amina: Visitor;
let stranger: Visitor;
let spaceId: string;
let outline: House;

const answer = (points: object) => `Here you are:\n\`\`\`json\n${JSON.stringify(points)}\n\`\`\``;

beforeAll(async () => {
  model = await aModel([
    503,
    answer({
      summary: [
        { text: 'The timetable was <b>discussed</b>.\u202e', lines: [1, 2, 2, 99] },
        { text: 'Invented, on nothing.', lines: [] },
      ],
      decisions: [{ text: 'The winter timetable is adopted.', lines: ['2'] }],
      tasks: [
        { text: 'Write to the harbour', assignee: 'grace', due: '2026-12-04', lines: [3] },
        { text: 'Call everybody', assignee: 'Nobody Known', due: 'soon', lines: [3] },
      ],
    }),
    'I would rather not.',
  ]);
  house = await aHouse([meet], { MINUTES_URL: model.url, MINUTES_MODEL: 'state-model-1' });
  outline = await aHouse([meet]);
  [grace, amina, stranger] = [
    await house.person({ name: 'Grace Lenoir' }),
    await house.person({ name: 'Amina Haddad' }),
    await house.person(),
  ];
  spaceId = (await house.space({ owner: grace, members: [amina] })).uid;
});
afterAll(async () => {
  await house?.stop();
  await outline?.stop();
  await model?.stop();
});

const said = [
  ['Grace', 'We looked at the winter timetable of the ferry and at the harbour works.', 0],
  ['Amina', 'We agreed that the winter timetable of the ferry is adopted as it stands.', 8],
  ['Grace', 'I will send the letter about the winter timetable to the harbour on Friday.', 20],
  ['Amina', 'Fine.', 30],
] as const;

/** A meeting in which these lines were said, as the scribe leaves them. */
async function spoken(at: House, owner: Visitor, other: Visitor, space: string): Promise<string> {
  const { id } = await owner.call(createMeeting, { spaceId: space, title: 'Horaires <hiver>' });
  for (const [who, text, second] of said)
    await at.db.query(
      `insert into meet.transcript_line
         (id, meeting_id, who, name, started_at, ended_at, text, language, confidence, model)
       select $1, resource_id, $2, $3, $4, $5, $6, 'en', 0.9, 'hum-1' from meet.meeting where uid = $7`,
      [
        randomUUID(),
        who === 'Grace' ? owner.person.uid : other.person.uid,
        who,
        new Date(Date.UTC(2026, 10, 20, 9, 0, second)),
        new Date(Date.UTC(2026, 10, 20, 9, 0, second + 4)),
        text,
        id,
      ],
    );
  return id;
}

test('without a media server or an engine it says so, and strangers learn nothing', async () => {
  const { id } = await grace.call(createMeeting, { spaceId, title: 'Sans moteur' });
  expect((await amina.call(getListening, { id })).speech).toEqual({
    state: 'off',
    model: null,
    languages: [],
  });
  await expect(amina.call(startCaptions, { id })).rejects.toMatchObject({ code: 'captions-off' });
  await expect(grace.call(startRecording, { id })).rejects.toMatchObject({ code: 'meetings-off' });
  await expect(amina.call(startRecording, { id })).rejects.toMatchObject({ code: 'not-allowed' });
  for (const ask of [
    () => stranger.call(getListening, { id }),
    () => stranger.call(startCaptions, { id }),
    () => stranger.call(startRecording, { id }),
    () => stranger.call(listRecordings, { id }),
    () => stranger.call(answerConsent, { id, agrees: true }),
    () => stranger.call(getTranscript, { id }),
    () => stranger.call(getMinutes, { id }),
    () => stranger.call(makeMinutes, { id, locale: 'fr' }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'not-found' });
});

test('a transcript is read in order, corrected with its history, and taken away as text and subtitles', async () => {
  const id = await spoken(house, grace, amina, spaceId);
  const { lines, models, languages, next } = await amina.call(getTranscript, { id });
  expect(lines.map(({ person, text }) => [person?.id, text])).toEqual(
    said.map(([who, text]) => [who === 'Grace' ? grace.person.uid : amina.person.uid, text]),
  );
  expect([models, languages, next]).toEqual([['hum-1'], ['en'], null]);
  const lineId = lines[3]?.id ?? '';
  const fixed = await amina.call(correctLine, { id: lineId, text: 'Fine, on <Friday>.' });
  expect(fixed).toMatchObject({ text: 'Fine, on <Friday>.', correctedBy: { id: amina.person.uid } });
  await grace.call(correctLine, { id: lineId, text: 'Fine.' });
  const { versions } = await grace.call(getLineHistory, { id: lineId });
  expect(versions.map(({ text, by }) => [text, by?.id ?? null])).toEqual([
    ['Fine, on <Friday>.', amina.person.uid],
    ['Fine.', null],
  ]);
  await expect(stranger.call(correctLine, { id: lineId, text: 'x' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await amina.call(correctLine, { id: lineId, text: 'Fine, on <Friday>.' });
  const vtt = await grace.call(exportTranscript, { id, form: 'vtt' });
  expect(vtt.text).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:04\.000\n<v Grace>We looked/);
  expect(vtt.text).toContain('Fine, on &lt;Friday&gt;.');
  const text = await grace.call(exportTranscript, { id, form: 'txt' });
  expect(text.text).toContain('[00:00:20] Grace: I will send');
  expect((await grace.call(exportTranscript, { id, form: 'html' })).text).not.toContain('<Friday>');
});

test('minutes by a model are checked: what rests on no line is left out, and a name is a person', async () => {
  const id = await spoken(house, grace, amina, spaceId);
  expect(await amina.call(makeMinutes, { id, locale: 'en' })).toMatchObject({ state: 'making' });
  await vi.waitFor(async () => expect((await amina.call(getMinutes, { id })).state).toBe('ready'), patience);
  const minutes = await amina.call(getMinutes, { id });
  const lines = (await amina.call(getTranscript, { id })).lines.map((line) => line.id);
  expect(minutes).toMatchObject({
    kind: 'model',
    model: 'state-model-1',
    summary: [{ text: 'The timetable was <b>discussed</b>.', lines: [lines[0], lines[1]] }],
    decisions: [{ lines: [lines[1]] }],
    tasks: [
      { text: 'Write to the harbour', assignee: { id: grace.person.uid }, due: '2026-12-04' },
      { text: 'Call everybody', assignee: null, due: null },
    ],
  });
  const { name, html } = await amina.call(getMinutesPage, { id });
  expect(name).toBe('Minutes: Horaires <hiver>');
  expect(html).toContain('The timetable was &lt;b&gt;discussed&lt;/b&gt;.');
  expect(html).toContain(
    `<li data-parvis="task" data-assignee="${grace.person.uid}" data-due="2026-12-04">Write to the harbour`,
  );
  expect(html).toContain(`/meeting/${id}#line-${lines[2]}">00:00:20</a>`);
  const documentId = randomUUID();
  await amina.call(setMinutesDocument, { id, documentId });
  expect((await grace.call(getMinutes, { id })).documentId).toBe(documentId);
  await amina.call(makeMinutes, { id, locale: 'fr' });
  await vi.waitFor(async () => expect((await amina.call(getMinutes, { id })).state).toBe('failed'), patience);
  expect(await amina.call(getMinutes, { id })).toMatchObject({
    code: 'minutes-model-unclear',
    decisions: [{ text: 'The winter timetable is adopted.' }],
  });
  await expect(amina.call(deleteTranscript, { id })).rejects.toMatchObject({ code: 'not-allowed' });
  await grace.call(deleteTranscript, { id });
  expect((await amina.call(getMinutes, { id })).state).toBe('none');
  await expect(amina.call(makeMinutes, { id, locale: 'fr' })).rejects.toMatchObject({
    code: 'transcript-empty',
  });
});

test('without a model they are an outline of sentences that were said, and say so', async () => {
  const [owner, other] = [
    await outline.person({ name: 'Grace Lenoir' }),
    await outline.person({ name: 'Amina Haddad' }),
  ];
  const space = (await outline.space({ owner, members: [other] })).uid;
  const id = await spoken(outline, owner, other, space);
  await other.call(makeMinutes, { id, locale: 'fr' });
  await vi.waitFor(async () => expect((await other.call(getMinutes, { id })).state).toBe('ready'), patience);
  const minutes = await other.call(getMinutes, { id });
  expect(minutes).toMatchObject({ kind: 'outline', model: null, language: 'en' });
  const texts = said.map(([, text]) => text as string);
  expect(minutes.summary.length).toBeGreaterThan(0);
  expect(minutes.summary.every(({ text, lines }) => texts.includes(text) && lines.length === 1)).toBe(true);
  expect(minutes.decisions.map(({ text }) => text)).toEqual([texts[1]]);
  expect(minutes.tasks.map(({ text }) => text)).toEqual([texts[2]]);
});

test('a recording is kept for its days, deleted with its bytes, and by nobody before it is saved', async () => {
  const { id } = await grace.call(createMeeting, { spaceId, title: 'Conservation' });
  const { store } = house.served('meet').app.get(RecordingStore);
  const key = randomUUID();
  await store.put(key, Buffer.from('OggS and so on'));
  const recordingId = randomUUID();
  await house.db.query(
    `insert into meet.recording (id, meeting_id, state, by_id, ended_at, kept_until)
     select $1, resource_id, 'saving', $2, now(), current_date + 3 from meet.meeting where uid = $3`,
    [recordingId, grace.person.id, id],
  );
  await house.db.query(
    `insert into meet.recorded_track (recording_id, n, who, name, started_at, duration_ms, size_bytes, key)
     values ($1, 0, null, '', now(), 1000, 14, $2)`,
    [recordingId, key],
  );
  await expect(grace.call(deleteRecording, { id: recordingId })).rejects.toMatchObject({
    code: 'recording-not-ready',
  });
  await house.db.query(`update meet.recording set state = 'saved' where id = $1`, [recordingId]);
  await expect(amina.call(keepRecording, { id: recordingId, days: 9 })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const far = () => house.db.query<{ day: string }>(`select (current_date + 30)::text as day`);
  const [before] = await far();
  const { keptUntil } = await grace.call(keepRecording, { id: recordingId, days: 30 });
  // Days are those of the database, and midnight may come in between.
  expect([before?.day, (await far())[0]?.day]).toContain(keptUntil);
  const night = () => house.served('meet').app.get(Retention).run();
  await night();
  expect((await amina.call(listRecordings, { id })).recordings).toHaveLength(1);
  const bad = await amina.fetch(recordingContentPath(recordingId, 0), { headers: { range: 'bytes=90-' } });
  expect([bad.status, bad.headers.get('content-range')]).toEqual([416, 'bytes */14']);
  await store.remove(key);
  const lost = await amina.fetch(recordingContentPath(recordingId, 0));
  expect([lost.status, await lost.json()]).toMatchObject([410, { code: 'recording-gone' }]);
  await store.put(key, Buffer.from('OggS and so on'));
  expect((await amina.fetch(recordingContentPath(recordingId, 7))).status).toBe(404);
  expect((await amina.fetch(recordingContentPath('not-an-id', 0))).status).toBe(404);
  await house.db.query(`update meet.recording set kept_until = current_date - 1 where id = $1`, [
    recordingId,
  ]);
  await night();
  expect((await amina.call(listRecordings, { id })).recordings).toEqual([]);
  expect(await store.size(key)).toBeNull();
});

test('in a meeting that is over nothing is begun, and its end is the end of what was asked', async () => {
  const { id } = await grace.call(createMeeting, { spaceId, title: 'Finie' });
  await grace.call(stopRecording, { id });
  expect((await grace.call(getMeeting, { id })).recording.state).toBe('off');
  await grace.call(endMeeting, { id });
  await expect(grace.call(startCaptions, { id })).rejects.toMatchObject({ code: 'meeting-ended' });
  await expect(grace.call(startRecording, { id })).rejects.toMatchObject({ code: 'meeting-ended' });
});

import { dispose } from '@livekit/rtc-node';
import { createMeeting, endMeeting, getMeeting } from '@parvis/contract/meet';
import { recordingContentPath } from '@parvis/contract/content-path';
import { answerConsent, listRecordings, startRecording, stopRecording } from '@parvis/contract/meet-record';
import { getListening, getTranscript, startCaptions, stopCaptions } from '@parvis/contract/meet-transcript';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { meet } from '../service.ts';
import { aHumEngine, type Engine } from '../testing/engines.ts';
import { livekitBinary, MediaServer, meetingSettings } from '../testing/media-server.ts';
import { hum, Speaker } from '../testing/speaker.ts';
import { ScribeKeeper } from './keeper.ts';
import { durationOf } from './ogg-opus.ts';

/** Every wait is for something that comes; a slow machine takes its time. */
const patience = { timeout: 90_000, interval: 100 };
const binary = livekitBinary();

describe.skipIf(binary === null)(
  'the scribe (needs livekit-server in the cache)',
  { timeout: 240_000 },
  () => {
    let media: MediaServer;
    let engine: Engine;
    let house: House;
    let grace: Visitor;
    let amina: Visitor;
    let space: string;

    beforeAll(async () => {
      media = await MediaServer.start(binary as string);
      engine = await aHumEngine({ 300: 'low words', 900: 'high words', 600: 'other words' });
      house = await aHouse([meet], { ...meetingSettings(media.url), SPEECH_URL: engine.url });
      [grace, amina] = [
        await house.person({ name: 'Grace Lenoir' }),
        await house.person({ name: 'Amina Haddad' }),
      ];
      space = (await house.space({ owner: grace, members: [amina] })).uid;
    }, 300_000);
    afterAll(async () => {
      await house?.stop();
      await engine?.stop();
      await media?.stop();
      await dispose();
    }, 300_000);

    async function meeting(title: string) {
      const { id } = await grace.call(createMeeting, { spaceId: space, title });
      const speakers = [
        await Speaker.join(grace, id, media.url),
        await Speaker.join(amina, id, media.url),
      ] as const;
      return { id, speakers, leave: () => Promise.all(speakers.map((one) => one.leave())) };
    }
    const linesOf = async (id: string) =>
      (await grace.call(getTranscript, { id })).lines.map(({ name, text }) => `${name}: ${text}`);
    const pid = () => house.served('meet').app.get(ScribeKeeper).pid;

    test('writes what each says into the room, and keeps what those who agreed say, also when voices overlap', async () => {
      const { id, speakers, leave } = await meeting('Voix');
      const [one, other] = speakers;
      await grace.call(startCaptions, { id, transcript: true });
      expect(await amina.call(getListening, { id })).toMatchObject({
        speech: { state: 'ready', model: 'hum-1' },
        captions: true,
        transcript: true,
        consent: 'unasked',
      });
      // Captions come once the scribe is in the room: they speak until it hears them.
      await vi.waitFor(
        () => {
          one.say(hum(300, 900));
          one.say(new Int16Array(48_000));
          expect(other.captions.some(({ text, final }) => final && text === 'low words')).toBe(true);
        },
        { ...patience, interval: 2_000 },
      );
      other.say(hum(900, 1_500));
      one.say(hum(300, 1_500));
      await vi.waitFor(
        () => expect(one.captions.some(({ text, final }) => final && text === 'high words')).toBe(true),
        patience,
      );
      expect((await linesOf(id)).every((line) => line === 'Grace Lenoir: low words')).toBe(true);
      await amina.call(answerConsent, { id, agrees: true });
      await vi.waitFor(
        async () => {
          one.say(hum(300, 1_200));
          other.say(hum(900, 1_200));
          await Promise.all([one.said(), other.said()]);
          expect(await linesOf(id)).toContain('Amina Haddad: high words');
        },
        { ...patience, interval: 1_500 },
      );
      const shown = one.captions.filter(({ final }) => final);
      expect(shown.every(({ name, text }) => (name === 'Grace Lenoir') === (text === 'low words'))).toBe(
        true,
      );
      expect(new Set(await linesOf(id))).toEqual(
        new Set(['Grace Lenoir: low words', 'Amina Haddad: high words']),
      );
      await grace.call(stopCaptions, { id });
      expect((await grace.call(getMeeting, { id })).captions.state).toBe('off');
      await leave();
    });

    test('records those who agreed, one track each and one of all, by the clock of the meeting', async () => {
      const { id, speakers, leave } = await meeting('Enregistrement');
      const asked = await grace.call(startRecording, { id });
      expect(asked.state).toBe('asked');
      await expect(grace.call(startRecording, { id })).rejects.toMatchObject({ code: 'recording-running' });
      const now = async () => (await amina.call(getListening, { id })).recording?.state;
      await vi.waitFor(async () => expect(await now()).toBe('on'), patience);
      await vi.waitFor(
        () => expect(JSON.parse(speakers[1].metadata)).toMatchObject({ recording: { state: 'on' } }),
        patience,
      );
      await amina.call(answerConsent, { id, agrees: false });
      for (const one of speakers) one.say(hum(300, 4_000));
      await Promise.all(speakers.map((one) => one.said()));
      await grace.call(stopRecording, { id });
      const saved = async () => (await amina.call(listRecordings, { id })).recordings[0];
      await vi.waitFor(async () => expect((await saved())?.state).toBe('saved'), patience);
      const recording = await saved();
      const tracks = recording?.tracks ?? [];
      expect(tracks.map(({ mix, name }) => [mix, name])).toEqual([
        [true, ''],
        [false, 'Grace Lenoir'],
      ]);
      for (const { n, durationMs, sizeBytes } of tracks) {
        const path = recordingContentPath(asked.id, n);
        const answer = await amina.fetch(path);
        const bytes = Buffer.from(await answer.arrayBuffer());
        expect([answer.headers.get('content-type'), bytes.length]).toEqual([
          'audio/ogg; codecs=opus',
          sizeBytes,
        ]);
        expect(durationOf(bytes).durationMs).toBe(durationMs);
        const part = await amina.fetch(path, { headers: { range: 'bytes=4-7' } });
        expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(4, 8)]);
      }
      const [mix, voice] = tracks;
      const endOf = (track = mix) => Date.parse(track?.startedAt ?? '') + (track?.durationMs ?? 0);
      expect(Math.abs(endOf(mix) - endOf(voice))).toBeLessThanOrEqual(200);
      const stranger = await house.person();
      expect((await stranger.fetch(recordingContentPath(asked.id, 0))).status).toBe(404);
      expect((await grace.call(getMeeting, { id })).recording.state).toBe('off');
      await leave();
    });

    test('killed in the middle, it comes back by itself, goes on, and says what is missing', async () => {
      const { id, speakers, leave } = await meeting('Coupure');
      const [one] = speakers;
      await grace.call(startRecording, { id });
      await grace.call(startCaptions, { id, transcript: true });
      const until = (count: number) =>
        vi.waitFor(
          async () => {
            one.say(hum(300, 1_000));
            await one.said();
            expect((await linesOf(id)).length).toBeGreaterThanOrEqual(count);
          },
          { ...patience, interval: 1_000 },
        );
      await until(1);
      // What it says is on the disk is kept; the last seconds before a kill are a gap.
      await vi.waitFor(async () => {
        one.say(hum(300, 1_000));
        await one.said();
        const [kept] = await house.db.query(
          `select from meet.listening l join meet.recording r on r.id = l.recording_id
            join meet.meeting m on m.resource_id = l.meeting_id
            where m.uid = $1 and l.heard_until > r.started_at + interval '3 seconds'`,
          [id],
        );
        expect(kept).toBeDefined();
      }, patience);
      const before = (await linesOf(id)).length;
      const killed = pid();
      process.kill(killed as number, 'SIGKILL');
      await until(before + 1);
      expect(pid()).not.toBe(killed);
      const { gaps } = await grace.call(getTranscript, { id });
      expect(gaps.length).toBeGreaterThanOrEqual(1);
      expect(gaps.every(({ from, to }) => from < to)).toBe(true);
      await grace.call(endMeeting, { id });
      const saved = async () => (await grace.call(listRecordings, { id })).recordings[0];
      await vi.waitFor(async () => expect((await saved())?.state).toBe('saved'), patience);
      const recording = await saved();
      expect(recording?.tracks.filter(({ mix }) => mix)).toHaveLength(2);
      expect(recording?.gaps.length).toBeGreaterThanOrEqual(1);
      await leave();
    });

    test('what only its participants can hear is refused, and an encrypted microphone is noise to nobody', async () => {
      const closed = await grace.call(createMeeting, { spaceId: space, title: 'Clos', encrypted: true });
      const refused = { code: 'meeting-encrypted' };
      await expect(grace.call(startCaptions, { id: closed.id })).rejects.toMatchObject(refused);
      await expect(grace.call(startRecording, { id: closed.id })).rejects.toMatchObject(refused);
      const { id, speakers, leave } = await meeting('Mixte');
      const carla = await house.person({ name: 'Carla Rossi' });
      const { grant } = await import('@parvis/access/grants');
      await grant(
        house.db,
        { resourceUid: space, subjectId: carla.person.id, role: 'editor' },
        grace.person.id,
      );
      const secretive = await Speaker.join(carla, id, media.url, 'a key that the house does not have');
      await carla.call(answerConsent, { id, agrees: true });
      await grace.call(startCaptions, { id, transcript: true });
      await vi.waitFor(
        async () => {
          secretive.say(hum(600, 1_000));
          speakers[0].say(hum(300, 1_000));
          await speakers[0].said();
          expect(await linesOf(id)).toContain('Grace Lenoir: low words');
        },
        { ...patience, interval: 1_000 },
      );
      expect(speakers[1].captions.filter(({ name }) => name === 'Carla Rossi')).toEqual([]);
      expect((await linesOf(id)).filter((line) => line.startsWith('Carla'))).toEqual([]);
      await secretive.leave();
      await leave();
    });
  },
);

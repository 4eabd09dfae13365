import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dispose } from '@livekit/rtc-node';
import { createMeeting } from '@parvis/contract/meet';
import { getMinutes, makeMinutes } from '@parvis/contract/meet-minutes';
import { answerConsent } from '@parvis/contract/meet-record';
import { getListening, getTranscript, startCaptions } from '@parvis/contract/meet-transcript';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { freePort } from '@parvis/testing/ports';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { meet } from '../service.ts';
import { cache, livekitBinary, MediaServer, meetingSettings } from '../testing/media-server.ts';
import { Speaker } from '../testing/speaker.ts';
import { speakingProgram, spoken } from '../testing/spoken.ts';

const patience = { timeout: 90_000, interval: 500 };
const binary = livekitBinary();
const python = join(cache, 'speech', 'venv', 'bin', 'python');
const model = join(cache, 'speech', 'models', 'whisper-tiny.en');
const installed = existsSync(join(cache, 'speech', 'installed')) && existsSync(model);
const speaks = speakingProgram() !== null;

/** Somebody, the voice of espeak-ng that they have, what they say, and words of it that nobody else says. */
const people = [
  [
    'Grace',
    ['-v', 'en-us', '-p', '50'],
    'The committee approved the winter timetable for the ferry.',
    ['winter', 'ferry', 'committee'],
  ],
  [
    'Amina',
    ['-v', 'en-gb', '-p', '75'],
    'We need seven thousand dollars for the library windows.',
    ['dollars', 'library', 'windows'],
  ],
  [
    'Carla',
    ['-v', 'en-us', '-p', '25'],
    'My sister will send the letter to the doctor on Monday.',
    ['sister', 'letter', 'doctor', 'monday'],
  ],
] as const;

describe.skipIf(binary === null || !installed || !speaks)(
  'three voices through the real engine (needs livekit-server and `npm run speech` in the cache, and espeak-ng)',
  { timeout: 300_000 },
  () => {
    let engine: ChildProcess;
    let media: MediaServer;
    let house: House;
    let visitors: Visitor[];
    let space: string;

    beforeAll(async () => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/v1`;
      const script = fileURLToPath(new URL('../../../../infra/speech/serve.py', import.meta.url));
      engine = spawn(
        python,
        [script, '--port', String(port), '--model', model, '--name', 'whisper-tiny.en'],
        {
          stdio: 'ignore',
          env: { ...process.env, HF_HUB_OFFLINE: '1' },
        },
      );
      media = await MediaServer.start(binary as string);
      await vi.waitFor(async () => expect((await fetch(`${url}/models`)).ok).toBe(true), patience);
      house = await aHouse([meet], { ...meetingSettings(media.url), SPEECH_URL: url });
      visitors = await Promise.all(people.map(([name]) => house.person({ name })));
      const [owner, ...members] = visitors as [Visitor, ...Visitor[]];
      space = (await house.space({ owner, members })).uid;
    }, 300_000);
    afterAll(async () => {
      await house?.stop();
      await media?.stop();
      const gone = once(engine, 'exit');
      if (engine?.kill('SIGTERM')) await gone;
      await dispose();
    }, 300_000);

    test('what overlaps is written down by the right speaker, and minutes are drawn up from it', async () => {
      const [owner] = visitors as [Visitor, ...Visitor[]];
      const { id } = await owner.call(createMeeting, { spaceId: space, title: 'Trois voix' });
      const speakers = await Promise.all(visitors.map((one) => Speaker.join(one, id, media.url)));
      await owner.call(startCaptions, { id, transcript: true });
      await Promise.all(visitors.map((one) => one.call(answerConsent, { id, agrees: true })));
      expect((await owner.call(getListening, { id })).speech).toEqual({
        state: 'ready',
        model: 'whisper-tiny.en',
        languages: ['en'],
      });
      const voices = people.map(([, voice, words]) => spoken(voice, words));
      const linesOf = async (name: string) =>
        (await owner.call(getTranscript, { id })).lines
          .filter((line) => line.name === name)
          .map(({ text }) => text.toLowerCase())
          .join(' ');
      const heard = async () =>
        Promise.all(
          people.map(async ([name, , , words]) => {
            const text = await linesOf(name);
            return words.filter((word) => text.includes(word)).length;
          }),
        );
      // All at once, again until the scribe has come into the room and heard them.
      await vi.waitFor(
        async () => {
          speakers.forEach((speaker, at) => speaker.say(voices[at] as Int16Array));
          await Promise.all(speakers.map((speaker) => speaker.said()));
          await new Promise((resolve) => setTimeout(resolve, 1_500));
          expect((await heard()).every((count) => count >= 2)).toBe(true);
        },
        { ...patience, interval: 3_000 },
      );
      for (const [name] of people) {
        const text = await linesOf(name);
        const others = people.filter((one) => one[0] !== name).flatMap(([, , , words]) => words);
        expect(others.filter((word) => text.includes(word))).toEqual([]);
      }
      await vi.waitFor(
        () => expect(speakers[0]?.captions.some(({ name, final }) => final && name === 'Amina')).toBe(true),
        patience,
      );
      await owner.call(makeMinutes, { id, locale: 'en' });
      await vi.waitFor(async () => {
        const minutes = await owner.call(getMinutes, { id });
        expect(minutes).toMatchObject({ state: 'ready', kind: 'outline' });
        expect(minutes.summary.length).toBeGreaterThan(0);
      }, patience);
      await Promise.all(speakers.map((speaker) => speaker.leave()));
    });
  },
);

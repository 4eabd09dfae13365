import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dispose } from '@livekit/rtc-node';
import { recordingContentPath } from '@parvis/contract/content-path';
import { pictureShorterMsMax } from '@parvis/contract/limits';
import { createMeeting } from '@parvis/contract/meet';
import {
  answerConsent,
  listRecordings,
  type Recording,
  startRecording,
  stopRecording,
} from '@parvis/contract/meet-record';
import { getListening } from '@parvis/contract/meet-transcript';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ScribeKeeper } from '../scribe/keeper.ts';
import { meet } from '../service.ts';
import type { settings } from '../settings.ts';
import { Camera, type Colour } from '../testing/camera.ts';
import type { TrackNote } from '../scribe/recorder.ts';
import { type Film, look, openViewer } from './film.kit.ts';
import { filmOf as made } from './made.ts';
import { pictureWidthPx } from './size.ts';
import { livekitBinary, MediaServer, meetingSettings } from '../testing/media-server.ts';
import { hum, Speaker } from '../testing/speaker.ts';

/** Every wait is for something that comes; a slow machine takes its time. */
const patience = { timeout: 150_000, interval: 250 };
const binary = livekitBinary();
const program = process.env.PARVIS_CHROMIUM ?? '/usr/bin/chromium';
const net = { columns: 16, rows: 9 };
const red: Colour = [230, 20, 20];
const blue: Colour = [20, 20, 230];
const green: Colour = [20, 200, 20];

const isNear = (one: Colour, other: Colour) =>
  one.every((part, nr) => Math.abs(part - (other[nr] ?? 0)) < 70);
/** The points of the picture that are of a colour at one of these moments and black at another: what moves. */
const moving = ({ moments }: Film, colour: Colour) =>
  (moments[0] ?? []).flatMap((_, nr) => {
    const points = moments.map((moment) => moment[nr] as Colour);
    const black: Colour = [0, 0, 0];
    return points.some((one) => isNear(one, colour)) && points.some((one) => isNear(one, black)) ? [nr] : [];
  });
const ever = ({ moments }: Film, colour: Colour) =>
  moments.some((moment) => moment.some((one) => isNear(one, colour)));

test('without a Chromium it is not offered, and refused with the reason', async () => {
  const house = await aHouse([meet], meetingSettings('http://127.0.0.1:9'));
  const owner = await house.person();
  const { id } = await owner.call(createMeeting, {
    spaceId: (await house.space({ owner })).uid,
    title: 'Sans image',
  });
  expect((await owner.call(getListening, { id })).picture).toBe('off');
  await expect(owner.call(startRecording, { id, picture: true })).rejects.toMatchObject({
    code: 'picture-off',
  });
  await house.stop();
}, 60_000);

describe.skipIf(binary === null || !existsSync(program))(
  'the picture of a recording (needs livekit-server in the cache, and Chromium)',
  { timeout: 400_000 },
  () => {
    let media: MediaServer;
    let viewer: Browser;
    let house: House;
    let grace: Visitor;
    let amina: Visitor;
    let carla: Visitor;
    let space: string;

    beforeAll(async () => {
      viewer = await openViewer(program);
      media = await MediaServer.start(binary as string);
      house = await aHouse([meet], {
        ...meetingSettings(media.url),
        MEET_CHROMIUM: program,
        MEET_PICTURES_MAX: '1',
      });
      [grace, amina, carla] = [
        await house.person({ name: 'Grace Lenoir' }),
        await house.person({ name: 'Amina Haddad' }),
        await house.person({ name: 'Carla Rossi' }),
      ];
      space = (await house.space({ owner: grace, members: [amina, carla] })).uid;
    }, 180_000);
    afterAll(async () => {
      await viewer?.close();
      await house?.stop();
      await media?.stop();
      await dispose();
    }, 180_000);

    const latest = async (id: string) =>
      (await amina.call(listRecordings, { id })).recordings[0] as Recording;
    const spoolOf = (recordingId: string) => {
      const set = house.served('meet').app.get<ServiceSettings<typeof settings>>(SETTINGS);
      return join(set.dataFolder, 'scribe', recordingId);
    };
    /** What lies in the spool of a recording now, of the last scribe that was there: as it would be after a kill. */
    const spooled = async (recordingId: string) => {
      const folder = spoolOf(recordingId);
      const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
      const notes = names.map((name) => ({
        n: name.replace('.json', ''),
        ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as TrackNote),
      }));
      const last = notes.filter(({ picture }) => picture).toSorted((a, b) => b.startedAt - a.startedAt)[0];
      const mix = notes.find(
        ({ who, picture, startedAt }) => who === null && !picture && startedAt === last?.startedAt,
      );
      const voices = readFileSync(join(folder, `${mix?.n}.ogg`));
      const film = await made(join(folder, `${last?.n}.frames`), voices, last?.startedAt ?? 0);
      expect(film).not.toBeNull();
      const parts: Buffer[] = [];
      for await (const part of film?.bytes() ?? []) parts.push(part);
      return {
        bytes: Buffer.concat(parts),
        pictureMs: film?.picture.pictureMs ?? 0,
        gaps: film?.picture.gaps,
      };
    };
    /** The last seconds of a film, several times in each. */
    const endOf = (bytes: Buffer, pictureMs: number) => {
      const seconds = Array.from({ length: 12 }, (_, nr) => Math.max(0, pictureMs / 1_000 - 0.3 - nr * 0.25));
      return look(viewer, bytes, { seconds, ...net });
    };
    /** Until the page draws these colours, moving; with how much is on the disk then. */
    const drawn = async (recordingId: string, colours: readonly Colour[], gapsMin = 0) => {
      let there = 0;
      await vi.waitFor(
        async () => {
          const { bytes, pictureMs, gaps } = await spooled(recordingId);
          expect(gaps?.length).toBeGreaterThanOrEqual(gapsMin);
          const film = await endOf(bytes, pictureMs);
          for (const colour of colours) expect(moving(film, colour).length).toBeGreaterThan(3);
          there = pictureMs;
        },
        { ...patience, interval: 1_000 },
      );
      return there;
    };
    /** The processes that the scribe has started: the page that draws. */
    const pages = (scribe: number) =>
      readFileSync(`/proc/${scribe}/task/${scribe}/children`, 'utf8').trim().split(' ').map(Number);
    const saved = async (id: string) => {
      await vi.waitFor(async () => expect(['saved', 'failed']).toContain((await latest(id)).state), patience);
      return latest(id);
    };
    const filmOf = async ({ id, tracks }: Recording) => {
      const track = tracks.find(({ picture }) => picture !== null);
      const answer = await amina.fetch(recordingContentPath(id, track?.n ?? -1));
      expect(answer.headers.get('content-type')).toBe('video/webm; codecs="vp8, opus"');
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.length).toBe(track?.sizeBytes);
      return { bytes, track };
    };

    test('shows those who agreed as they move, nobody who refused, and ends when the voices end', async () => {
      const { id } = await grace.call(createMeeting, { spaceId: space, title: 'Image' });
      const cameras = [
        await Camera.join(grace, id, media.url, red),
        await Camera.join(amina, id, media.url, blue),
        await Camera.join(carla, id, media.url, green),
      ];
      const speaker = await Speaker.join(grace, id, media.url);
      await amina.call(answerConsent, { id, agrees: true });
      const asked = await grace.call(startRecording, { id, picture: true });
      expect([asked.picture, (await grace.call(getListening, { id })).picture]).toEqual([true, 'busy']);
      const other = await grace.call(createMeeting, { spaceId: space, title: 'Autre' });
      await expect(grace.call(startRecording, { id: other.id, picture: true })).rejects.toMatchObject({
        code: 'picture-busy',
      });
      // To be heard is not to be seen: who agreed to that alone is asked.
      expect((await amina.call(getListening, { id })).consent).toBe('unasked');
      await amina.call(answerConsent, { id, agrees: true, picture: true });
      expect((await amina.call(getListening, { id })).consent).toBe('agreed');
      await carla.call(answerConsent, { id, agrees: false, picture: true });
      speaker.say(hum(300, 4_000));
      await drawn(asked.id, [red, blue]);
      await grace.call(stopRecording, { id });
      const recording = await saved(id);
      expect([recording.state, recording.code]).toEqual(['saved', null]);
      const { bytes, track } = await filmOf(recording);
      const { voicesMs = 0, pictureMs = 0 } = track?.picture ?? {};
      expect(Math.abs(voicesMs - pictureMs)).toBeLessThanOrEqual(pictureShorterMsMax);
      const last = voicesMs / 1_000;
      const film = await endOf(bytes, pictureMs);
      expect([film.width, Math.abs(film.seconds - last) < 0.2]).toEqual([pictureWidthPx, true]);
      expect(moving(film, red).length).toBeGreaterThan(3);
      expect(moving(film, blue).length).toBeGreaterThan(3);
      expect(ever(film, green)).toBe(false);
      await Promise.all([...cameras, speaker].map((one) => one.leave()));
    });

    test('a page that is killed is replaced, and one film says which seconds have no picture', async () => {
      const { id } = await grace.call(createMeeting, { spaceId: space, title: 'Page perdue' });
      const camera = await Camera.join(grace, id, media.url, red);
      const asked = await grace.call(startRecording, { id, picture: true });
      await drawn(asked.id, [red]);
      for (const page of pages(house.served('meet').app.get(ScribeKeeper).pid as number))
        process.kill(page, 'SIGKILL');
      await drawn(asked.id, [red], 1);
      await grace.call(stopRecording, { id });
      const recording = await saved(id);
      expect([recording.state, recording.code]).toEqual(['saved', null]);
      const { bytes, track } = await filmOf(recording);
      const gaps = track?.picture?.gaps ?? [];
      expect(gaps.some(({ from, to }) => from < to)).toBe(true);
      const film = await endOf(bytes, track?.picture?.pictureMs ?? 0);
      expect(Math.abs(film.seconds - (track?.durationMs ?? 0) / 1_000)).toBeLessThan(0.2);
      expect(moving(film, red).length).toBeGreaterThan(3);
      await camera.leave();
    });

    test('a scribe that is killed takes the page with it, loses nothing that was brought, and goes on', async () => {
      const { id } = await grace.call(createMeeting, { spaceId: space, title: 'Greffier perdu' });
      const camera = await Camera.join(grace, id, media.url, red);
      const asked = await grace.call(startRecording, { id, picture: true });
      const before = await drawn(asked.id, [red]);
      const keeper = house.served('meet').app.get(ScribeKeeper);
      const killed = keeper.pid as number;
      const drawing = pages(killed);
      process.kill(killed, 'SIGKILL');
      await vi.waitFor(
        () => expect(drawing.filter((one) => existsSync(`/proc/${one}/exe`))).toEqual([]),
        patience,
      );
      await vi.waitFor(() => {
        const files = readdirSync(spoolOf(asked.id)).filter((name) => name.endsWith('.frames'));
        expect(files.filter((name) => statSync(join(spoolOf(asked.id), name)).size > 0)).toHaveLength(2);
      }, patience);
      await grace.call(stopRecording, { id });
      const recording = await saved(id);
      const films = recording.tracks.filter(({ picture }) => picture !== null);
      expect(films).toHaveLength(2);
      expect(recording.gaps.length).toBeGreaterThanOrEqual(1);
      const { bytes, track } = await filmOf(recording);
      const { pictureMs = 0 } = track?.picture ?? {};
      expect(pictureMs).toBeGreaterThanOrEqual(before);
      const film = await endOf(bytes, before);
      expect(Math.abs(film.seconds - (track?.durationMs ?? 0) / 1_000)).toBeLessThan(0.2);
      expect(moving(film, red).length).toBeGreaterThan(3);
      // The folder of its browser went when the next one was opened.
      const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`parvis-picture-${killed}-`));
      expect(left).toEqual([]);
      await camera.leave();
    });
  },
);

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Module } from '@nestjs/common';
import { createMeeting, joinMeeting } from '@parvis/contract/meet';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { database } from '../apps/meet/src/database.ts';
import { InRoom } from '../apps/meet/src/testing/in-room.ts';
import { livekitBinary, MediaServer, meetingSettings } from '../apps/meet/src/testing/media-server.ts';
import { cpuMsOf, serviceUrl, startService } from './meet-service.ts';

/**
 * What a meeting costs the media server: seconds of its CPU per second and subscribed track, in a room of the house
 * beside a bare room of the same LiveKit in the same run, which has a token and nothing else. Sound only; rooms of 2
 * who speak to 25, and of 4 who speak to 40. PARVIS_BENCH_DATABASE_URL names a superuser's PostgreSQL; needs
 * livekit-server. `--quick`: short passes. `--json`: a line per figure. Exits with 1 when a figure misses its bar,
 * which leaves a tenth for the noise of the machine.
 */
const quick = process.argv.includes('--quick');
const passes = quick ? 2 : 4;
const passMs = quick ? 5_000 : 15_000;
/** Milliseconds in which a room comes to rest before it is measured. */
const restMs = 3_000;
const bar = 1.1;
const shapes = [
  { speakers: 2, listeners: 25 },
  { speakers: 4, listeners: 40 },
] as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Tokens for the people of one room: those who speak first. */
type Tokens = (people: number) => Promise<string[]>;

async function houseTokens(house: House, most: number): Promise<Tokens> {
  const visitors: Visitor[] = [];
  for (let nr = 0; nr < most; nr += 1) visitors.push(await house.person({}, () => serviceUrl));
  const owner = visitors[0] as Visitor;
  const space = await house.space({ owner, members: visitors.slice(1) });
  return async (people) => {
    const made = await owner.call(createMeeting, { spaceId: space.uid, title: 'Mesure' });
    const tokens: string[] = [];
    for (const visitor of visitors.slice(0, people))
      tokens.push((await visitor.call(joinMeeting, { id: made.id })).token);
    return tokens;
  };
}

interface Cost {
  /** Milliseconds of the media server's CPU per second and subscribed track. */
  readonly media: number;
  /** The same of the service. */
  readonly service: number;
}

async function pass(
  media: MediaServer,
  service: ChildProcess,
  tokens: Tokens,
  { speakers, listeners }: (typeof shapes)[number],
): Promise<Cost> {
  const people: InRoom[] = [];
  try {
    // A few at a time: all of them live in this one process.
    for (const token of await tokens(speakers + listeners))
      people.push(await InRoom.enter(media.url, { token }));
    for (const speaker of people.slice(0, speakers)) await speaker.speak();
    const expected = speakers * (speakers + listeners - 1);
    const subscribed = () => people.reduce((sum, one) => sum + one.subscribed, 0);
    for (let look = 0; look < 600 && subscribed() < expected; look += 1) await pause(100);
    if (subscribed() !== expected) throw new Error(`${subscribed()} tracks of ${expected} are subscribed`);
    await pause(restMs);
    const [mediaMs, serviceMs, at] = [media.cpuMs(), cpuMsOf(service.pid), performance.now()];
    await pause(passMs);
    const per = ((performance.now() - at) / 1000) * expected;
    return { media: (media.cpuMs() - mediaMs) / per, service: (cpuMsOf(service.pid) - serviceMs) / per };
  } finally {
    await Promise.all(people.map((one) => one.leave()));
  }
}

const middle = (of: number[]) => {
  const sorted = of.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
};

async function measure(media: MediaServer, house: House, service: ChildProcess): Promise<boolean> {
  let missed = false;
  const most = Math.max(...shapes.map(({ speakers, listeners }) => speakers + listeners));
  const ways = [await houseTokens(house, most), (people: number) => media.bareRoom(people)];
  for (const shape of shapes) {
    const found: Cost[][] = ways.map(() => []);
    for (let nr = 0; nr < passes; nr += 1)
      for (const [which, tokens] of ways.entries())
        found[which]?.push(await pass(media, service, tokens, shape));
    const [value, against] = found.map((of) => middle(of.map((one) => one.media))) as [number, number];
    const ours = middle((found[0] as Cost[]).map((one) => one.service));
    const ok = value / against <= bar;
    missed ||= !ok;
    const round = (number: number) => Number(number.toPrecision(4));
    const line = {
      figure: `media server's CPU per second and subscribed track, ${shape.speakers} speak to ${shape.listeners}`,
      value: round(value),
      unit: 'ms',
      against: round(against),
      ratio: round(value / against),
      bar,
      ok,
    };
    if (process.argv.includes('--json')) console.log(JSON.stringify(line));
    else
      console.log(
        `${ok ? 'ok    ' : 'MISSED'} ${line.figure}: ${line.value} ms, bare ${line.against}: ${line.ratio} (bar ≤ ${bar}); meet itself ${round(ours)} ms`,
      );
  }
  return missed;
}

class Nothing {}
Module({})(Nothing);

process.env.PARVIS_TEST_DATABASE_URL ??= process.env.PARVIS_BENCH_DATABASE_URL;
const binary = livekitBinary();
if (binary === null) throw new Error('livekit-server is needed: give its path in LIVEKIT_SERVER');
const media = await MediaServer.start(binary);
const house = await aHouse([{ name: 'meet', module: Nothing, database }], meetingSettings(media.url));
const service = await startService(house.env);
try {
  if (await measure(media, house, service)) process.exitCode = 1;
} finally {
  const gone = once(service, 'exit');
  service.kill();
  await gone;
  await house.stop();
  await media.stop();
}
process.exit();

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { recordingContentPath } from '@parvis/contract/content-path';
import { createMeeting, endMeeting, joinMeeting } from '@parvis/contract/meet';
import { answerConsent, listRecordings, startRecording, stopRecording } from '@parvis/contract/meet-record';
import { getTranscript, startCaptions } from '@parvis/contract/meet-transcript';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { freePort } from '@parvis/testing/ports';
import { database } from '../apps/meet/src/database.ts';
import { type SpeechPlace, writeDown } from '../apps/meet/src/scribe/speech.ts';
import { cache, livekitBinary, MediaServer, meetingSettings } from '../apps/meet/src/testing/media-server.ts';
import { Listener, listenRate, Microphone } from '../apps/meet/src/testing/microphone.ts';
import { serviceUrl, startService } from './meet-service.ts';
import { delaysOf, errorsOf, type Heard, wrongOf } from './scribe-heard.ts';
import { keptOf } from './scribe-kept.ts';
import { parts, quickSentences } from './scribe-text.ts';
import { atEngineRate, speak, type Track } from './scribe-voice.ts';

/**
 * How well a meeting is heard: three voices of espeak-ng speak at once into microphones of a meeting of the house. Said
 * are: the time from the end of each word, which espeak-ng knows to the sample, until somebody in the room gets the first
 * caption with it; the transcript's word errors beside those of the same model on each sentence's clean sound; words
 * given to somebody who did not say them; and how far the recording is from what was spoken, beside what somebody in the
 * room hears of it. Then once more with a busy process for each processor, where captions and errors have no limit.
 * Needs livekit-server, espeak-ng and what `npm run speech` installs; PARVIS_BENCH_DATABASE_URL names a superuser's
 * PostgreSQL. A machine with other work is not idle: captions and errors grow with it.
 *
 *   --quick        fewer sentences
 *   --json         a line per figure
 *   --model=NAME   another model than that which `npm start` takes (whisper-base), as whisper-tiny.en
 */
const given = (name: string) =>
  process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
const quick = process.argv.includes('--quick');
const model = given('model') ?? 'whisper-base';
const python = join(cache, 'speech', 'venv', 'bin', 'python');
const folder = join(cache, 'speech', 'models', model);
/** Milliseconds between two sentences of each of the three. */
const pausesMs = [900, 1_100, 1_300];
/** Limits: milliseconds, points of a hundred words, words of a hundred, milliseconds. */
const delayMsMax = 2_000;
const errorPointsMax = 2;
const wrongSpeakerMax = 1;
const apartMsMax = 200;
const waitMsMax = 240_000;
/** Milliseconds around a sentence, before and behind it, as it came. */
const aroundMs = 400;

let missed = false;
function tell(figure: string, value: number, unit: string, bar: number | null, against = bar): void {
  const ok = bar === null || value <= bar;
  missed ||= !ok;
  const round = (number: number) => Number(number.toPrecision(4));
  const line = {
    figure,
    value: round(value),
    unit,
    against: against === null ? null : round(against),
    ratio: against === null || against === 0 ? null : round(value / against),
    bar: bar === null ? null : round(bar),
    ok,
  };
  if (process.argv.includes('--json')) return console.log(JSON.stringify(line));
  const beside =
    bar === null ? '' : ` (${against === bar ? '' : `beside ${line.against}, `}limit ${line.bar})`;
  console.log(`${ok ? 'ok    ' : 'MISSED'} ${figure}: ${line.value} ${unit}${beside}`);
}
const say = (words: string) => (process.argv.includes('--json') ? console.error : console.log)(words);

async function until<T>(what: string, look: () => Promise<T | null> | T | null): Promise<T> {
  const deadline = Date.now() + waitMsMax;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`not in ${waitMsMax} ms: ${what}`);
    await pause(100);
  }
}

/** One meeting in which all speak at once, from the first word to the saved recording. */
async function meeting(house: House, media: MediaServer, people: Visitor[], tracks: Track[]): Promise<Heard> {
  const [owner] = people as [Visitor];
  const space = await house.space({ owner, members: people.slice(1) });
  const { id } = await owner.call(createMeeting, { spaceId: space.uid, title: 'Mesure' });
  const listener = new Listener();
  const microphones = tracks.map(() => new Microphone());
  const rooms = [...microphones, listener];
  try {
    for (const [nr, room] of rooms.entries())
      await room.enter(media.url, (await (people[nr] as Visitor).call(joinMeeting, { id })).token);
    for (const one of people) await one.call(answerConsent, { id, agrees: true });
    await owner.call(startCaptions, { id, transcript: true });
    await owner.call(startRecording, { id });
    const newest = async () => (await owner.call(listRecordings, { id })).recordings[0];
    await until('the scribe is in the room', async () => ((await newest())?.state === 'on' ? true : null));
    await Promise.all(microphones.map((one, nr) => one.speak((tracks[nr] as Track).samples)));
    const spokenAt = new Date();
    await until('all is written down', async () => {
      const [row] = await house.db.query(
        `select from meet.listening l join meet.meeting m on m.resource_id = l.meeting_id
          where m.uid = $1 and l.heard_until > $2`,
        [id, spokenAt],
      );
      return row === undefined ? null : true;
    });
    await owner.call(stopRecording, { id });
    const recording = await until('the recording is saved', async () => {
      const found = await newest();
      return found?.state === 'saved' ? found : null;
    });
    const files = new Map<number, Buffer>();
    for (const { n } of recording.tracks)
      files.set(
        n,
        Buffer.from(await (await owner.fetch(recordingContentPath(recording.id, n))).arrayBuffer()),
      );
    const { lines } = await owner.call(getTranscript, { id });
    await owner.call(endMeeting, { id });
    return { listener, lines, recording, files, microphones };
  } finally {
    await Promise.all(rooms.map((one) => one.leave()));
  }
}

interface Cut {
  readonly name: string;
  /** 16 kHz. */
  readonly samples: Int16Array;
}

/** What the model writes of each sentence alone. */
async function written(place: SpeechPlace, cuts: readonly Cut[]): Promise<{ name: string; text: string }[]> {
  const lines: { name: string; text: string }[] = [];
  for (const { name, samples } of cuts) {
    const heard = await writeDown(place, model, samples, null);
    lines.push({ name, text: heard?.text ?? '' });
  }
  return lines;
}

/** Each sentence as it was spoken, and as it came to somebody in the room. */
function cutsOf({ listener, microphones }: Heard): { clean: Cut[]; bare: Cut[] } {
  const [clean, bare]: Cut[][] = [[], []];
  for (const [nr, { name, sentences }] of tracks.entries()) {
    const voice = listener.voice(name);
    for (const { from, samples } of sentences) {
      clean?.push({ name, samples: atEngineRate(samples) });
      const at = ((microphones[nr]?.timeOf(from) ?? 0) - voice.startedAt) * (listenRate / 1_000);
      const around = (listenRate * aroundMs) / 1_000;
      bare?.push({ name, samples: voice.samples.slice(at - around / 2, at + samples.length / 3 + around) });
    }
  }
  return { clean: clean ?? [], bare: bare ?? [] };
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function tellPass(how: string, heard: Heard, tracks: Track[], clean: number | null, bare = ''): void {
  const { delays, never } = delaysOf(heard, tracks);
  const bars = clean !== null;
  tell(
    `caption after the end of the word, p95, ${how}`,
    quantile(delays, 0.95),
    'ms',
    bars ? delayMsMax : null,
  );
  say(
    `       p50 ${quantile(delays, 0.5).toFixed(0)} ms, latest ${quantile(delays, 1).toFixed(0)} ms; ${never} of ${never + delays.length} words never showed as they were said`,
  );
  const words = `word errors of the transcript, of ${never + delays.length}, ${how}`;
  tell(words, errorsOf(heard.lines, tracks), '%', clean === null ? null : clean + errorPointsMax, clean);
  if (bare !== '') say(bare);
  const { wrong, of } = wrongOf(heard, tracks);
  tell(`words given to another speaker, of ${of}, ${how}`, wrong, '%', wrongSpeakerMax);
  const { bare: way, ...kept } = keptOf(heard, tracks);
  const tellKept = (figure: string, value: number, against = 0) =>
    tell(`${figure}, ${how}`, value, 'ms', against + apartMsMax, against);
  tellKept('ends of the tracks of one recording, apart', kept.endsMs);
  tellKept('lengths of the sound as spoken and as recorded, apart', kept.lengthMs, way.lengthMs);
  tellKept('sound out of its place in the recording, at most', kept.placeMs, way.placeMs);
  tellKept('speech of which nothing is recorded', kept.lostMs, way.lostMs);
}

class Nothing {}
Module({})(Nothing);

async function startEngine(): Promise<{ engine: ChildProcess; place: SpeechPlace }> {
  const port = await freePort();
  const script = fileURLToPath(new URL('../infra/speech/serve.py', import.meta.url));
  const engine = spawn(python, [script, '--port', String(port), '--model', folder, '--name', model], {
    stdio: 'ignore',
    env: { ...process.env, HF_HUB_OFFLINE: '1' },
  });
  const place = { url: `http://127.0.0.1:${port}/v1`, model, key: undefined };
  await until('the engine answers', async () =>
    (await fetch(`${place.url}/models`).catch(() => null))?.ok ? true : null,
  );
  return { engine, place };
}

async function gone(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  if (child.exitCode === null && child.kill()) await exit;
}

process.env.PARVIS_TEST_DATABASE_URL ??= process.env.PARVIS_BENCH_DATABASE_URL;
const binary = livekitBinary();
if (binary === null) throw new Error('livekit-server is needed: give its path in LIVEKIT_SERVER');
if (!existsSync(folder)) throw new Error(`the model ${model} is needed: npm run speech`);
const tracks = parts.map((part, nr) =>
  speak(python, part, {
    pauseMs: pausesMs[nr] ?? 1_000,
    count: quick ? quickSentences : part.sentences.length,
  }),
);
const media = await MediaServer.start(binary);
const { engine, place } = await startEngine();
const house = await aHouse([{ name: 'meet', module: Nothing, database }], {
  ...meetingSettings(media.url),
  SPEECH_URL: place.url,
  SPEECH_MODEL: model,
});
const service = await startService(house.env);
const busy: ChildProcess[] = [];
try {
  say(`machine: ${cpus().length} processors, load ${(loadavg()[0] ?? 0).toFixed(1)}; model ${model}`);
  const people: Visitor[] = [];
  for (const name of [...parts.map((part) => part.name), 'Reader'])
    people.push(await house.person({ name }, () => serviceUrl));
  const idle = await meeting(house, media, people, tracks);
  const cuts = cutsOf(idle);
  const clean = errorsOf(await written(place, cuts.clean), tracks);
  const bare = errorsOf(await written(place, cuts.bare), tracks);
  const way = `       each sentence as it came to somebody in the room, with nothing of the house between: ${bare.toFixed(2)} %`;
  tellPass('idle', idle, tracks, clean, way);
  for (let nr = 0; nr < cpus().length; nr += 1)
    busy.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  tellPass('loaded', await meeting(house, media, people, tracks), tracks, null);
} finally {
  await Promise.all([...busy, service, engine].map(gone));
  await house.stop();
  await media.stop();
}
process.exit(missed ? 1 : 0);

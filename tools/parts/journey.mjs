import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { findLiveKit } from './livekit.mjs';
import { isFree } from './ports.mjs';
import { pause, startProgram } from './processes.mjs';
import { Stop } from './stop.mjs';
import { removeFolder, temporaryFolder } from './test-database.mjs';
import { vitest } from './vitest.mjs';

const config = 'tests/journey/vitest.config.ts';
const openMsMax = 15 * 60_000;
const portsFrom = 29_000;
const portsSpan = 2_000;

/** Found, not claimed: the house claims it. By chance, so that two runs at once do not find the same. */
async function anyFreePort() {
  for (;;) {
    const port = portsFrom + Math.floor(Math.random() * portsSpan);
    if (await isFree(port)) return port;
  }
}

/** Starts a house of its own for the journey: other ports, a folder that is removed afterwards. */
async function openHouse({ root, folder, profile, progress }) {
  const port = await anyFreePort();
  const ready = join(folder, 'ready.json');
  const command = [
    process.execPath,
    join(root, 'tools', 'start.mjs'),
    '--port',
    String(port),
    '--data',
    join(folder, 'data'),
  ];
  command.push('--profile', profile, '--json-ready', ready);
  const [program, ...args] = command;
  const child = startProgram(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The page of all parts is looked at too, and webhooks are told to a program of the tests on this machine.
    env: { ...process.env, CI: '1', PARVIS_PARTS: 'on', PARVIS_OUTBOUND_ALLOW: '127.0.0.1' },
  });
  let said = '';
  const keep = (chunk) => {
    said += chunk;
    for (const line of String(chunk).trimEnd().split('\n')) progress.say(`    ${line}`);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const end = Date.now() + openMsMax;
  while (!existsSync(ready)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Stop(`the house did not open:\n${said.slice(-2_000)}`);
    if (Date.now() > end) throw new Stop('the house did not open in time');
    await pause(200);
  }
  return { child, command, ready };
}

/** Asks the house (this one, or the one that the journey put in its place after killing it) to end. */
async function closeHouse({ child, ready }) {
  child.kill('SIGTERM');
  while (child.exitCode === null && child.signalCode === null) await pause(100);
  const { pid } = JSON.parse(readFileSync(ready, 'utf8'));
  for (let tenths = 0; tenths < 200; tenths += 1) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      return;
    }
    await pause(100);
  }
}

/** The browser journey on one profile, on a house opened for it. */
export async function runJourney({ root, progress, profile, args }) {
  const stage = `journey, ${profile} profile`;
  if (!existsSync(join(root, config)))
    return { passed: 0, failed: [`${stage}: ${config} does not exist`], skipped: [] };
  const chromium = findChromium();
  if (!chromium) {
    const why = 'no Chromium: install the Debian package chromium, or name one in PARVIS_CHROMIUM';
    return { passed: 0, failed: [], skipped: [{ name: stage, why }] };
  }
  const folder = temporaryFolder('journey');
  let house = null;
  try {
    house = await openHouse({ root, folder, profile, progress });
    return await vitest({
      root,
      stage,
      args: ['--config', config, ...args],
      env: {
        PARVIS_HOUSE_READY: house.ready,
        PARVIS_HOUSE_COMMAND: JSON.stringify(house.command),
        PARVIS_HOUSE_PROFILE: profile,
        PARVIS_HOUSE_MEETINGS: findLiveKit() || process.env.LIVEKIT_URL ? 'yes' : 'no',
        PARVIS_CHROMIUM: chromium,
      },
    });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    progress.say(error.message);
    return { passed: 0, failed: [`${stage}: ${error.message.split('\n')[0]}`], skipped: [] };
  } finally {
    if (house) await closeHouse(house);
    removeFolder(folder);
  }
}

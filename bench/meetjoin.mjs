#!/usr/bin/env node
/**
 * From the press on "join" to the first frame of somebody who is in the meeting already, in the page of the portal's
 * production build, beside the shortest page with livekit-client and a token in hand, on the same LiveKit, by turns. Ours
 * includes the question whether one may come in.
 *
 *   --quick       fewer turns
 *   --url=URL     measure the house that runs there; nothing is started
 *   --port=N      the port of the house (default the first free one from 18080 on)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '@parvis/contract/call';
import { createSpace } from '@parvis/contract/directory';
import { createMeeting, getMeetStatus, joinMeeting } from '@parvis/contract/meet';
import { root } from '../tools/parts/command.mjs';
import { until } from '../tools/parts/processes.mjs';
import { exitCode, option, quantile, quick, say, sayMachine, tell } from './house-figures.mjs';
import { freePort, startHouse, withHouses } from './house-process.mjs';
import { signedIn } from './pages-found.mjs';
import { launch, peerPage, windowOf } from './peer-page.mjs';

/** Times the bare page's median that ours may take. */
const ratioMax = 1.15;
const turns = quick ? 5 : 15;
const msMax = 60_000;

/** Cameras and microphones that are none. */
const fakeDevices = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
const allowed = { permissions: ['camera', 'microphone'] };
const joinButton = '.meet-door-in button[data-kind="main"]';
const stage = '.meet-tools-main';
const others = '.meet-tile video:not([data-mirrored])';

/** Stands at the door until the devices are open and all that the stage is made of has come. */
async function atTheDoor(page, address) {
  await page.goto(address);
  await page.locator('.meet-preview video').waitFor({ timeout: msMax });
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
}

/** From the press to the first frame of somebody else, in milliseconds. */
async function ours(page, address) {
  await atTheDoor(page, address);
  return page.evaluate(
    ([button, wanted]) =>
      new Promise((resolve) => {
        const begun = performance.now();
        const look = () => {
          const video = document.querySelector(wanted);
          if (video === null) return;
          watch.disconnect();
          video.requestVideoFrameCallback(() => resolve(performance.now() - begun));
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true, attributes: true });
        document.querySelector(button).click();
      }),
    [joinButton, others],
  );
}

async function measure(url, folder) {
  const visitor = await signedIn(url);
  const asked = { base: url, headers: { cookie: visitor.cookie, origin: url } };
  const ready = async () => (await call(getMeetStatus, {}, asked)).state === 'ready';
  if (!(await until(ready, { msMax }))) throw new Error('the house has no media server: nothing to measure');
  const space = await call(createSpace, { name: 'Mesure', description: '' }, asked);
  const meeting = await call(createMeeting, { spaceId: space.id, title: 'Mesure' }, asked);
  const address = `${url}/meet/${meeting.id}`;
  const [browser, other, peer] = await Promise.all([
    launch(...fakeDevices),
    launch(...fakeDevices),
    peerPage('meet-page', folder, { target: 'es2022' }),
  ]);
  const times = { ours: [], peer: [] };
  try {
    const host = await windowOf(other, url, visitor, allowed);
    await atTheDoor(host, address);
    await host.locator(joinButton).click();
    await host.locator(stage).waitFor({ timeout: msMax });
    const plain = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await plain.goto(peer.url);
    const page = await windowOf(browser, url, visitor, allowed);
    for (let turn = -1; turn < turns; turn += 1) {
      const mine = await ours(page, address);
      await page.goto('about:blank');
      const { path, token } = await call(joinMeeting, { id: meeting.id }, asked);
      const theirs = await plain.evaluate(
        ([to, pass]) => window.join(to, pass),
        [url.replace(/^http/, 'ws') + path, token],
      );
      if (turn < 0) continue;
      times.ours.push(mine);
      times.peer.push(theirs);
    }
  } finally {
    peer.close();
    await Promise.all([browser.close(), other.close()]);
  }
  const [value, against] = [quantile(times.ours, 0.5), quantile(times.peer, 0.5)];
  const worst = [quantile(times.ours, 0.95), quantile(times.peer, 0.95)].map((ms) => ms.toFixed(0));
  say(`p95: ${worst[0]} ms, bare page ${worst[1]} ms, over ${turns} turns`);
  const figure = 'join to the first remote frame, median';
  tell({ figure, value, unit: 'ms', bar: ratioMax * against, against, peer: 'bare livekit-client page' });
}

const folder = mkdtempSync(join(tmpdir(), 'parvis-meetjoin-'));
const given = option('url');
sayMachine();
try {
  if (given) await measure(given, folder);
  else {
    await withHouses(async (place) => {
      const port = await freePort(option('port'));
      const { house } = await startHouse({ root, port, folder: place });
      await house.complete();
      await measure(house.url, folder);
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = exitCode();

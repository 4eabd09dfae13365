#!/usr/bin/env node
/**
 * From the press on "join" to the first frame of somebody who is in the meeting already, in the page of the portal's
 * production build, beside the shortest page with livekit-client and a token in hand, on the same LiveKit, by turns. Ours
 * includes the question whether one may come in. The pointer stands on the button for a moment before it presses, as a
 * hand does; what it takes when nothing announced the press is said beside it, and the stages of all three.
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
/** Milliseconds for which a pointer stands on the button before it presses. */
const hoverMs = 150;

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

/** Runs in both pages before anything else: notes what happens on the way in, from outside of their own code. */
function noteTheWay() {
  const { WebSocket: Socket, RTCPeerConnection: Peer } = window;
  window.onTheWay = {};
  const note = (stage) => {
    window.onTheWay[stage] ??= performance.now();
  };
  window.WebSocket = class extends Socket {
    constructor(url, ...more) {
      super(url, ...more);
      if (!new URL(url).pathname.startsWith('/livekit')) return;
      note('socket');
      this.addEventListener('message', () => note('LiveKit answers'));
    }
  };
  window.RTCPeerConnection = class extends Peer {
    constructor(...given) {
      super(...given);
      this.addEventListener('track', ({ track }) => track.kind === 'video' && note('track'));
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') note('media connected');
      });
    }
  };
}

/** The stages of one way in as milliseconds after its beginning. */
const after = ({ begun, stages }) =>
  Object.fromEntries(Object.entries(stages).map(([stage, at]) => [stage, at - begun]));

/** Waits in the page for the press, then for the first frame of somebody else. */
const watchTheWay = ([button, wanted]) => {
  let begun;
  window.seen = new Promise((resolve) => {
    const look = () => {
      const video = document.querySelector(wanted);
      if (video === null) return;
      watch.disconnect();
      window.onTheWay.tile = performance.now();
      video.requestVideoFrameCallback(() => {
        const asked = performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith('/join'));
        const stages = {
          'the door answers': asked?.responseEnd,
          ...window.onTheWay,
          frame: performance.now(),
        };
        resolve({ begun, stages });
      });
    };
    const watch = new MutationObserver(look);
    const press = ({ timeStamp }) => {
      begun = timeStamp;
      watch.observe(document.body, { childList: true, subtree: true, attributes: true });
    };
    document.querySelector(button).addEventListener('click', press, { once: true, capture: true });
  });
};

/**
 * The stages from the press to the first frame of somebody else, in milliseconds after it.
 * @param announced whether the pointer stands on the button before
 */
async function ours(page, address, announced) {
  await atTheDoor(page, address);
  await page.evaluate(watchTheWay, [joinButton, others]);
  if (announced) {
    await page.locator(joinButton).hover();
    await page.waitForTimeout(hoverMs);
    await page.mouse.down();
    await page.mouse.up();
  } else await page.evaluate((button) => document.querySelector(button).click(), joinButton);
  const way = after(await page.evaluate(() => window.seen));
  await page.goto('about:blank');
  return way;
}

/** The same of the bare page, which has just come and lies still, as ours does. */
async function bare(page, address, [url, token]) {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  const found = await page.evaluate(
    async ([to, pass]) => {
      window.onTheWay = {};
      const begun = performance.now();
      const ms = await window.join(to, pass);
      return { begun, stages: { ...window.onTheWay, frame: begun + ms } };
    },
    [url, token],
  );
  await page.goto('about:blank');
  return after(found);
}

/** The medians of the stages, in the order in which they are reached. */
function tellStages(name, ways) {
  const stages = Object.keys(ways[0]).map((stage) => [
    stage,
    quantile(
      ways.map((way) => way[stage]),
      0.5,
    ),
  ]);
  stages.sort(([, one], [, other]) => one - other);
  say(`${name}: ${stages.map(([stage, ms]) => `${stage} ${ms.toFixed(0)}`).join(', ')} ms`);
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
  const ways = { ours: [], unannounced: [], bare: [] };
  try {
    const host = await windowOf(other, url, visitor, allowed);
    await atTheDoor(host, address);
    await host.locator(joinButton).click();
    await host.locator(stage).waitFor({ timeout: msMax });
    const plain = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await plain.addInitScript(noteTheWay);
    const page = await windowOf(browser, url, visitor, allowed);
    await page.addInitScript(noteTheWay);
    for (let turn = -1; turn < turns; turn += 1) {
      const mine = await ours(page, address, true);
      const { path, token } = await call(joinMeeting, { id: meeting.id }, asked);
      const theirs = await bare(plain, peer.url, [url.replace(/^http/, 'ws') + path, token]);
      const sudden = await ours(page, address, false);
      if (turn < 0) continue;
      ways.ours.push(mine);
      ways.bare.push(theirs);
      ways.unannounced.push(sudden);
    }
  } finally {
    peer.close();
    await Promise.all([browser.close(), other.close()]);
  }
  tellStages('ours', ways.ours);
  tellStages('without an announced press', ways.unannounced);
  tellStages('bare page', ways.bare);
  const frames = (of) => of.map(({ frame }) => frame);
  const worst = [ways.ours, ways.bare].map((of) => quantile(frames(of), 0.95).toFixed(0));
  say(`p95: ${worst[0]} ms, bare page ${worst[1]} ms, over ${turns} turns`);
  const [value, against] = [ways.ours, ways.bare].map((of) => quantile(frames(of), 0.5));
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

import { existsSync } from 'node:fs';
import { onPath } from './cache.mjs';
import { Stop } from './stop.mjs';

const browsers = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The Chromium of this machine: the one that PARVIS_CHROMIUM names, else the first on PATH; null without one. */
export function findChromium() {
  const given = process.env.PARVIS_CHROMIUM;
  if (given && !existsSync(given)) throw new Stop(`PARVIS_CHROMIUM names ${given}, which does not exist.`);
  return given ?? browsers.map((name) => onPath(name)).find(Boolean) ?? null;
}

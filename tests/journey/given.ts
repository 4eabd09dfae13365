import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the launcher writes about a house that is open (`--json-ready`). */
const Ready = z.object({
  url: z.url(),
  pid: z.int(),
  launcherPid: z.int(),
  pids: z.record(z.string(), z.int().nullable()),
  dataFolder: z.string(),
});
export type Ready = z.infer<typeof Ready>;

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: the journeys are run by \`npm test -- --only=journey\`.`);
}

/** What `npm test` hands to the journeys, and what a person may ask of them. */
export const given = {
  readyFile: () => required('PARVIS_HOUSE_READY'),
  /** The command that opens the house again on the same data and the same port. */
  command: () =>
    z
      .array(z.string())
      .min(1)
      .parse(JSON.parse(required('PARVIS_HOUSE_COMMAND'))),
  profile: process.env.PARVIS_HOUSE_PROFILE ?? 'embedded',
  /** Why there can be no meeting here, or null. */
  noMeetings:
    process.env.PARVIS_HOUSE_MEETINGS === 'no'
      ? 'LiveKit is not installed here: it is built by `npm start` where Go is, or named in LIVEKIT_URL'
      : null,
  chromium: process.env.PARVIS_CHROMIUM ?? '/usr/bin/chromium',
  /** Where screenshots and logs of what failed go. */
  resultsFolder: process.env.PARVIS_JOURNEY_RESULTS ?? 'test-results/journey',
  screensFolder: process.env.PARVIS_SCREENS ?? 'test-results/screens',
  wantsScreens: process.env.PARVIS_SCREENS !== undefined,
  /** Renew the picture of the README. */
  pictures: process.env.PARVIS_PICTURES === '1',
  environment: process.env,
};

/** The house as the launcher describes it now. */
export function readReady(): Ready {
  return Ready.parse(JSON.parse(readFileSync(given.readyFile(), 'utf8')));
}

export const isReady = () => existsSync(given.readyFile());

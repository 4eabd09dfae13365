import { findResource } from '@parvis/access/tree';
import { demoSpaces, type DemoSpaceKey } from '@parvis/contract/demo';
import type { Database } from './database.ts';

/** Milliseconds between two looks for a space of the demo ministry, and how many looks at most. */
const lookMs = 500;
const looksMax = 240;

/**
 * Waits for a space that the directory seeds, so that other services can seed what lies in it.
 * @param stopped asked before each look; true ends the wait
 * @returns false when the service stopped first, or the space never came
 */
export async function demoSpaceIsThere(
  database: Database,
  space: DemoSpaceKey,
  stopped: () => boolean,
): Promise<boolean> {
  for (let look = 0; look < looksMax && !stopped(); look += 1) {
    if (await findResource(database.db, demoSpaces[space].id)) return true;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return false;
}

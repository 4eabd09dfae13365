import 'server-only';
import { readFile } from 'node:fs/promises';
import { cache } from 'react';
import { inProduction } from './ask.ts';

/** The id of this build, or null in development. The built server runs in the folder that holds it. */
export const buildId = cache(async (): Promise<string | null> => {
  if (!inProduction) return null;
  return readFile('.next/BUILD_ID', 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
});

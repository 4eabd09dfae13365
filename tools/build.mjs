#!/usr/bin/env node
/** `npm run build`: everything that `npm start` runs, built; nothing is done when no source has changed. */
import { command } from './parts/command.mjs';

await command(import.meta.url, async ({ root, progress, argv }) => {
  const { build } = await import('./parts/build.mjs');
  await progress.part('building', () => build({ root, progress, force: argv.includes('--force') }));
  return 0;
});

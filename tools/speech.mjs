#!/usr/bin/env node
/** `npm run speech`: installs speech to text into the cache, so that meetings have captions that stay in the house. */
import { command } from './parts/command.mjs';

await command(import.meta.url, async ({ progress }) => {
  const { installSpeech } = await import('./parts/speech.mjs');
  await progress.part('speech', () => installSpeech({ progress }));
  progress.say('Installed: the next `npm start` has captions, and says which model writes them.');
  return 0;
});

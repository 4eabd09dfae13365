#!/usr/bin/env node
/** `npm start`: a working ministry from a fresh clone. This file must parse under any Node, to say which one is needed. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Parvis needs Node 20 or newer to start (it brings its own Node 24 for the rest); this is ${process.version}. ` +
      'Install one from https://nodejs.org or your package manager, then run the command again.',
  );
  process.exit(1);
}
const { command } = await import('./parts/command.mjs');
await command(import.meta.url, async (context) => {
  const { start } = await import('./parts/start.mjs');
  return start(context);
});

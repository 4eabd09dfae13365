#!/usr/bin/env node
/** `npm test`: proves the house, cheapest proof first. The last line is `N passed, N failed`. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Parvis needs Node 20 or newer; this is ${process.version}.`);
  process.exit(1);
}
const { command } = await import('./parts/command.mjs');
await command(import.meta.url, async (context) => {
  const { test } = await import('./parts/test.mjs');
  return test(context);
});

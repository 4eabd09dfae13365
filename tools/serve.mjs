/**
 * Runs several services in this one process: `node tools/serve.mjs --services=directory,chat`.
 * Their settings come from the environment; apps/<name>/dist/main.js starts each.
 */
const asked = process.argv
  .find((argument) => argument.startsWith('--services='))
  ?.slice('--services='.length);
const names = (asked ?? '').split(',').filter((name) => /^[a-z]+$/.test(name));
if (names.length === 0) {
  console.error('Name the services: node tools/serve.mjs --services=directory,chat');
  process.exit(1);
}
for (const name of names) await import(new URL(`../apps/${name}/dist/main.js`, import.meta.url).href);

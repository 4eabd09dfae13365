#!/usr/bin/env node
/** `npm run bench -- [names] [--quick] [--json]`: the benchmarks of bench/, each beside its limit or its peer. */
import { command } from './parts/command.mjs';

await command(import.meta.url, async (context) => {
  const { bench } = await import('./parts/bench.mjs');
  return bench(context);
});

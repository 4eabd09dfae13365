#!/usr/bin/env node
/** `npm run reset`: clears the data of this checkout, after asking. `--data DIR` names another folder, `--yes` asks nothing. */
import { reset } from './parts/reset.mjs';
import { sentenceOf } from './parts/stop.mjs';

try {
  process.exitCode = await reset(process.argv.slice(2));
} catch (error) {
  console.error(sentenceOf(error) ?? error);
  process.exitCode = 1;
}

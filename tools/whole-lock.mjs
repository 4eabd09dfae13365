#!/usr/bin/env node
/** After `npm install`: has package-lock.json describe the optional packages of every platform, or `npm ci` refuses it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { madeWhole, missingFrom } from './parts/whole-lock.mjs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = missingFrom(lock).length;
if (missing > 0) writeFileSync(file, `${JSON.stringify(madeWhole(lock), null, 2)}\n`);
console.log(missing > 0 ? `${missing} optional packages described.` : 'package-lock.json is whole.');

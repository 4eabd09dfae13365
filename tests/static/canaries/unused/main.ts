import { used } from './used.ts';

process.exitCode = used;

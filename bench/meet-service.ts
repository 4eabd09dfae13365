import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built service in a process of its own. For bench/meet.ts and bench/scribe.ts. */

const main = fileURLToPath(new URL('../apps/meet/dist/main.js', import.meta.url));
const servicePort = 47_811;
const readyMsMax = 120_000;
export const serviceUrl = `http://127.0.0.1:${servicePort}`;

export async function startService(env: Record<string, string | undefined>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...env, MEET_PORT: String(servicePort) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const deadline = performance.now() + readyMsMax;
  while (!(await fetch(`${serviceUrl}/health/ready`).catch(() => null))?.ok) {
    if (performance.now() > deadline || child.exitCode !== null) throw new Error('meet did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return child;
}

/** Milliseconds of CPU that a process has used so far. */
export function cpuMsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

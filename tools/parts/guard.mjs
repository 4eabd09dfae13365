import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let shell = null;

/** A tiny process that ends our children if we are killed before we can do it ourselves (guard.sh). */
function guard() {
  if (shell) return shell;
  shell = spawn('/bin/sh', [fileURLToPath(new URL('./guard.sh', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.stdin.unref?.();
  shell.unref();
  return shell;
}

export const guardPid = () => guard().pid;

/** From now on `pid`, the leader of its process group, does not outlive us: `signal` in its `stage`, then SIGKILL. */
export function keepWatch(pid, signal, stage) {
  guard().stdin.write(`keep ${pid} ${signal.replace('SIG', '')} ${stage}\n`);
}

export function dropWatch(pid) {
  guard().stdin.write(`drop ${pid}\n`);
}

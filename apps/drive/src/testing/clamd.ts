import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@parvis/testing/ports';

/** Milliseconds that clamd may take until it listens. */
const readyMsMax = 60_000;
/** Bytes of the largest stream that this clamd takes, small for the tests. */
export const streamBytesMax = 2 * 1024 ** 2;

/** The harmless test pattern that every virus scanner knows, put together here so that this file is not one. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join(''),
);

export function clamdBinary(): string | null {
  return (
    [process.env.CLAMD, '/usr/sbin/clamd'].find((path) => path !== undefined && existsSync(path)) ?? null
  );
}

/** A real clamd with one signature of ours: the test pattern's. */
export async function startClamd(binary: string): Promise<{ port: number; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'parvis-clamd-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  await writeFile(join(folder, 'test.ndb'), `Parvis.Test.Eicar:0:0:${eicar.toString('hex')}\n`);
  const settings = [
    `DatabaseDirectory ${folder}`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    'Foreground yes',
    `StreamMaxLength ${streamBytesMax}`,
    `User ${userInfo().username}`,
    `TemporaryDirectory ${folder}`,
  ];
  await writeFile(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`);
  const child = spawn(binary, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  for (const until = Date.now() + readyMsMax; !(await listens(port)); ) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('clamd did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const close = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  return { port, close };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@parvis/testing/ports';

const readyMsMax = 30_000;

/** Where programs that were built or installed once are kept. */
export const cache = process.env.PARVIS_CACHE ?? join(homedir(), '.cache', 'parvis');

/** LiveKit's binary, where `npm start` and `.ci/run` keep it; null when there is none. */
export function mediaServerBinary(): string | null {
  const known = [process.env.LIVEKIT_SERVER, join(cache, 'bin', 'livekit-server-v1.13.5')];
  return known.find((path) => path !== undefined && existsSync(path)) ?? null;
}

export interface MediaServer {
  readonly url: string;
  /** Settings by which a service finds it. */
  readonly env: { LIVEKIT_URL: string; LIVEKIT_API_KEY: string; LIVEKIT_API_SECRET: string };
  stop(): Promise<void>;
}

/** A media server of the test's own on the loopback. */
export async function aMediaServer(binary: string): Promise<MediaServer> {
  const [key, secret] = ['testkey', 'a secret of the tests alone, 32 characters and more'];
  const [port, tcp, udp] = await Promise.all([freePort(), freePort(), freePort()]);
  const folder = await mkdtemp(join(tmpdir(), 'parvis-livekit-'));
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: udp,
      tcp_port: tcp,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo'] },
    },
    keys: { [key]: secret },
    room: { auto_create: false },
    logging: { level: 'error' },
  };
  const file = join(folder, 'livekit.yaml');
  await writeFile(file, JSON.stringify(config));
  const child = spawn(binary, ['--config', file], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + readyMsMax; !(await fetch(url).catch(() => null))?.ok; ) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('the media server did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    env: { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret },
    stop: async () => {
      const gone = once(child, 'exit');
      if (child.kill('SIGTERM')) await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

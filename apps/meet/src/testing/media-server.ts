import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@parvis/testing/ports';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';

/** The key that the tests' media server and service share. */
export const testKey = 'devkey';
export const testSecret = 'a secret of the tests alone, 32 characters and more';

/** Milliseconds in which the media server answers, on a machine that is much slower than a developer's. */
const readyMsMax = 60_000;

/** Milliseconds of one clock tick in /proc/<pid>/stat. */
const msPerTick = 10;

/** Where programs that were built or installed once are kept. */
export const cache = process.env.PARVIS_CACHE ?? join(homedir(), '.cache', 'parvis');

/** LiveKit's binary, where `npm start` and `.ci/run` keep it; null where it is not. */
export function livekitBinary(): string | null {
  const known = [
    process.env.LIVEKIT_SERVER,
    join(cache, 'bin', 'livekit-server-v1.13.5'),
    join(cache, 'bin', 'server'),
  ];
  return known.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** A media server on free ports of the loopback, which can be killed and started again at the same address. */
export class MediaServer {
  readonly url: string;
  readonly #binary: string;
  readonly #folder: string;
  #process: ChildProcess | undefined;
  #bareRooms = 0;

  private constructor(binary: string, folder: string, port: number) {
    this.#binary = binary;
    this.#folder = folder;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** @param webhookUrl where it tells what happens; nobody is told without it */
  static async start(binary: string, webhookUrl?: string): Promise<MediaServer> {
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
      keys: { [testKey]: testSecret },
      room: { auto_create: false },
      logging: { level: 'error' },
      ...(webhookUrl === undefined ? {} : { webhook: { api_key: testKey, urls: [webhookUrl] } }),
    };
    await writeFile(join(folder, 'livekit.yaml'), JSON.stringify(config));
    const server = new MediaServer(binary, folder, port);
    await server.run();
    return server;
  }

  /** Starts it, also after it was killed. */
  async run(): Promise<void> {
    this.#process = spawn(this.#binary, ['--config', join(this.#folder, 'livekit.yaml')], {
      stdio: 'ignore',
    });
    const deadline = Date.now() + readyMsMax;
    while (Date.now() < deadline) {
      if ((await fetch(this.url).catch(() => null))?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the media server does not answer');
  }

  /** Opens a room that no service knows, and gives tokens for so many people. */
  async bareRoom(people: number): Promise<string[]> {
    this.#bareRooms += 1;
    const room = `bare-${this.#bareRooms}`;
    await new RoomServiceClient(this.url, testKey, testSecret).createRoom({ name: room });
    return Promise.all(
      Array.from({ length: people }, (_, nr) => {
        const token = new AccessToken(testKey, testSecret, { identity: `person-${nr}` });
        token.addGrant({ room, roomJoin: true, canPublish: true, canSubscribe: true });
        return token.toJwt();
      }),
    );
  }

  /** Milliseconds of CPU that it has used so far. */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${this.#process?.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * msPerTick;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Settings of a service that meets on this server. */
export function meetingSettings(url: string): Record<string, string> {
  return { LIVEKIT_URL: url, LIVEKIT_API_KEY: testKey, LIVEKIT_API_SECRET: testSecret };
}

/** A body and its signature, as the media server makes them. */
export async function signed(
  event: object,
  secret = testSecret,
): Promise<{ body: string; authorization: string }> {
  const body = JSON.stringify(event);
  const hash = await crypto.subtle.digest('SHA-256', Buffer.from(body));
  const token = new AccessToken(testKey, secret);
  token.sha256 = Buffer.from(hash).toString('base64');
  return { body, authorization: await token.toJwt() };
}

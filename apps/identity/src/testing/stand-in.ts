import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Identity, type IdentityOptions, startIdentity } from '../identity.ts';
import type { Place } from './browser.ts';

const realmFolder = new URL('../../../../infra/keycloak/', import.meta.url);

/** The realm with its demonstration people, as `assemble.mjs` makes it. */
export async function demoRealm(): Promise<{ realm: Record<string, unknown>; password: string }> {
  const read = async (name: string) =>
    JSON.parse(await readFile(new URL(name, realmFolder), 'utf8')) as Record<string, unknown>;
  const { assembleRealm } = (await import(new URL('assemble.mjs', realmFolder).href)) as {
    assembleRealm: (options: { demo: boolean }) => Record<string, unknown>;
  };
  const { demoPassword } = await read('parvis-demo-people.json');
  return { realm: assembleRealm({ demo: true }), password: String(demoPassword) };
}

export interface StandIn extends Place {
  readonly options: IdentityOptions;
  readonly identity: Identity;
  /** Stops it and starts it again on the same folder and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A stand-in on a free port with its own folder. */
export async function aStandIn(
  backchannelPort: number,
  changes: Record<string, unknown> = {},
): Promise<StandIn> {
  const port = await freePort();
  const dataFolder = await mkdtemp(join(tmpdir(), 'parvis-identity-'));
  const { realm } = await demoRealm();
  const publicUrl = `http://127.0.0.1:${port}`;
  const options: IdentityOptions = {
    port,
    host: '127.0.0.1',
    publicUrl,
    realm: { ...realm, ...changes },
    clientSecret: randomBytes(24).toString('base64url'),
    directorySecret: randomBytes(24).toString('base64url'),
    backchannelUrl: `http://127.0.0.1:${backchannelPort}/auth/backchannel`,
    dataFolder,
    demo: true,
    warn: (line) => process.stderr.write(`${line}\n`),
  };
  let identity = await startIdentity(options);
  return {
    issuer: identity.issuer,
    portalUrl: publicUrl,
    clientSecret: options.clientSecret,
    directorySecret: options.directorySecret,
    backchannelPort,
    options,
    get identity() {
      return identity;
    },
    restart: async () => {
      await identity.close();
      // fetch has to notice that its kept connections are gone before it uses one again.
      await new Promise((done) => setTimeout(done, 50));
      identity = await startIdentity(options);
    },
    close: async () => {
      await identity.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

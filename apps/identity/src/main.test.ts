import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, listenForLogout, refresh, signedIn, type Place } from './testing/browser.ts';
import { demoRealm, freePort } from './testing/stand-in.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** The process itself, as the launcher runs it: settings from the environment, killed without warning. */
describe('the stand-in as a process', () => {
  let folder: string;
  let environment: Record<string, string>;
  let place: Place;
  let password: string;
  let ear: Awaited<ReturnType<typeof listenForLogout>>;
  const started: ChildProcess[] = [];

  const start = async (changes: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--conditions=source', main], {
      env: { ...environment, ...changes },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    await new Promise<void>((done) => {
      child.stdout.on('data', () => said.includes('issuer') && done());
      child.once('close', () => done());
    });
    return { child, said };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parvis-identity-process-'));
    ear = await listenForLogout(0);
    const demo = await demoRealm();
    password = demo.password;
    await writeFile(join(folder, 'realm.json'), JSON.stringify(demo.realm));
    const port = await freePort();
    const portalUrl = `http://127.0.0.1:${port}`;
    place = {
      issuer: `${portalUrl}/realms/parvis`,
      portalUrl,
      clientSecret: 'secret-of-this-test',
      directorySecret: 'other-secret-of-this-test',
      backchannelPort: ear.port,
    };
    environment = {
      IDENTITY_PORT: String(port),
      PARVIS_PUBLIC_URL: portalUrl,
      PARVIS_DATA_FOLDER: folder,
      PARVIS_REALM_FILE: join(folder, 'realm.json'),
      PARVIS_PORTAL_CLIENT_SECRET: place.clientSecret,
      PARVIS_DIRECTORY_CLIENT_SECRET: place.directorySecret,
      PARVIS_BACKCHANNEL_URL: `http://127.0.0.1:${ear.port}/auth/backchannel`,
      PARVIS_DEMO: 'on',
    };
  });
  afterAll(async () => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
    await ear?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('kill -9 signs nobody out', async () => {
    const { child } = await start();
    const { tokens, browser } = await signedIn(place, 'clarisse.leguen', password);
    child.kill('SIGKILL');
    await once(child, 'close');
    const again = await start();
    expect((await refresh(place, tokens.refresh_token)).status).toBe(200);
    expect(new URL((await browser.open(ask(place).url)).url).searchParams.get('code')).toBeTruthy();
    again.child.kill('SIGTERM');
    const [code] = (await once(again.child, 'close')) as [number | null];
    expect(code).toBe(0);
  });

  test('a missing setting stops the start and names itself', async () => {
    const { child, said } = await start({ PARVIS_PORTAL_CLIENT_SECRET: '' });
    expect(child.exitCode).not.toBe(0);
    expect(said).toContain('PARVIS_PORTAL_CLIENT_SECRET');
    expect(said).not.toContain('secret-of-this-test');
  });
});

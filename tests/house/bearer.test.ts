import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { findPersonBySub } from '@parvis/access/people';
import { notify } from '@parvis/access/notify';
import { createSpace, getMe, listSpaces } from '@parvis/contract/directory';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { call } from '@parvis/contract/call';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { soon } from '@parvis/testing/soon';
import { WebSocket } from 'ws';
import { ask, Browser } from '../../apps/identity/src/testing/browser.ts';
import { demoRealm } from '../../apps/identity/src/testing/stand-in.ts';
import { expectRefusal } from './asking.ts';
import { aWholeHouse, type WholeHouse } from './whole-house.ts';

const username = 'grace.okafor';
const redirectUri = 'http://127.0.0.1/callback';

let whole: WholeHouse;
let token: string;
let claims: Record<string, unknown>;
/** A key that the identity provider never published, under the name of the one that it did. */
const strange = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The way of a script: authorization code with PKCE on the loopback address, as the realm's client `parvis-cli`. */
async function scriptToken(): Promise<string> {
  const { identity } = whole;
  const { password } = await demoRealm();
  // The portal's address stands for where the browser stops: the script's own callback here.
  const browser = new Browser({ ...identity, portalUrl: 'http://127.0.0.1' });
  const asked = ask(identity, { client_id: 'parvis-cli', redirect_uri: redirectUri });
  const done = await browser.submit(await browser.open(asked.url), { username, password });
  const response = await fetch(`${identity.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'parvis-cli',
      redirect_uri: redirectUri,
      code: new URL(done.url).searchParams.get('code') ?? '',
      code_verifier: asked.verifier,
    }),
  });
  const body = (await response.json()) as { access_token?: string };
  expect(response.status, JSON.stringify(body)).toBe(200);
  return body.access_token as string;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = (text: string | undefined) =>
  JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as Record<string, unknown>;

/** The person's token with other claims, signed by whomever. */
function forged(
  over: Record<string, unknown>,
  header: Record<string, unknown> = {},
  key?: KeyObject,
): string {
  const signed = `${part({ ...read(token.split('.')[0]), ...header })}.${part({ ...claims, ...over })}`;
  const by = key ?? strange.privateKey;
  return `${signed}.${sign('sha256', Buffer.from(signed), by).toString('base64url')}`;
}

beforeAll(async () => {
  whole = await aWholeHouse();
  token = await scriptToken();
  claims = read(token.split('.')[1]);
  await whole.house.person({ name: 'Grace Okafor', oidcSub: String(claims['sub']) });
});
afterAll(() => whole?.stop());

const bearer = (given = token): Record<string, string> => ({ authorization: `Bearer ${given}` });
const as = (given = token) => ({ base: whole.gateway.url, headers: bearer(given) });
const me = (given: string) => fetch(`${whole.gateway.url}/api/directory/me`, { headers: bearer(given) });

describe('a script with a token of the realm', () => {
  test('has what Keycloak puts into a token', () => {
    expect(claims).toMatchObject({ iss: whole.identity.issuer, typ: 'Bearer', azp: 'parvis-cli' });
    expect([claims['aud']].flat()).toContain('parvis-api');
  });

  test('is the person: reads and writes in every service what they may', async () => {
    expect((await call(getMe, {}, as())).person.name).toBe('Grace Okafor');
    const { id: spaceId } = await call(createSpace, { name: 'Scripts' }, as());
    const { id } = await call(createChannel, { spaceId, name: 'Robot' }, as());
    await call(postMessage, { id, clientId: randomUUID(), body: 'bonjour' }, as());
    expect((await call(listMessages, { id }, as())).messages.map(({ body }) => body)).toEqual(['bonjour']);
    for (const path of ['/api/meet/status', `/api/drive/folders/${spaceId}`]) {
      expect((await fetch(`${whole.gateway.url}${path}`, { headers: bearer() })).status).toBe(200);
    }
  });

  test('writes the scheme as RFC 9110 lets it', async () => {
    const headers = { authorization: `bearer ${token}` };
    expect((await fetch(`${whole.gateway.url}/api/directory/me`, { headers })).status).toBe(200);
  });

  test('may come from any page: what it carries, no browser adds by itself', async () => {
    const headers = { ...bearer(), origin: 'https://tools.example' };
    const { id } = await call(createSpace, { name: 'Ailleurs' }, { base: whole.gateway.url, headers });
    expect((await call(listSpaces, {}, as())).spaces.map((one) => one.id)).toContain(id);
  });

  test('opens sockets', async () => {
    const socket = new WebSocket(`${whole.gateway.url.replace('http', 'ws')}/ws/chat`, { headers: bearer() });
    const said = await new Promise((resolve) =>
      socket.once('message', (data) => resolve(JSON.parse(String(data)))),
    );
    expect(said).toMatchObject({ t: 'ready', person: { name: 'Grace Okafor' } });
    socket.close();
  });
});

describe('a token is refused', () => {
  const now = () => Math.floor(Date.now() / 1000);

  test.each<[string, () => string]>([
    ['signed with a key that was never published', () => forged({})],
    ['under a key name that does not exist', () => forged({}, { kid: randomBytes(8).toString('hex') })],
    [
      'with its claims changed after the signature',
      () => {
        const [header, , signature] = token.split('.');
        return `${header}.${part({ ...claims, sub: '5eed0000-0000-4000-8000-000000000001' })}.${signature}`;
      },
    ],
    ['with alg none and no signature', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`],
    [
      'with alg none and its old signature',
      () => `${part({ alg: 'none' })}.${part(claims)}.${token.split('.')[2]}`,
    ],
    [
      'with alg HS256 and the public key as secret',
      () => {
        const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
        const secret = strange.publicKey.export({ type: 'spki', format: 'pem' });
        return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
      },
    ],
    ['that brings its own key', () => forged({}, { jwk: strange.publicKey.export({ format: 'jwk' }) })],
    ['cut in two', () => token.slice(0, token.length / 2)],
    ['that is nothing', () => ''],
    ['that is a session cookie', () => randomBytes(32).toString('base64url')],
    ['of 100 kB', () => `${token}${'A'.repeat(100_000)}`.slice(0, 12_000)],
    ['with a body that is no JSON', () => `${token.split('.')[0]}.AAAA.AAAA`],
  ])('%s', async (_, made) => {
    await expectRefusal(await me(made()), 401, 'no-session');
    expect((await me(token)).status).toBe(200);
  });

  test('for another audience, of another issuer, of another kind, too old or too young, though well signed', async () => {
    const own = ownKey();
    expect((await me(forged({}, {}, own))).status).toBe(200);
    const wrong: Record<string, unknown>[] = [
      { aud: 'parvis-portal' },
      { aud: [] },
      { aud: undefined },
      { aud: 'parvis-api-2' },
      { iss: 'https://evil.example/realms/parvis' },
      { iss: `${whole.identity.issuer}/` },
      { iss: undefined },
      { typ: 'ID' },
      { typ: 'Refresh' },
      { typ: undefined },
      { exp: now() - 1 },
      { exp: undefined },
      { exp: 'never' },
      { nbf: now() + 3_600 },
      { iat: now() + 3_600 },
      { sub: undefined },
      { sub: randomUUID() },
      { sub: { $gt: '' } },
    ];
    for (const over of wrong) {
      const answer = await me(forged(over, {}, own));
      expect(answer.status, JSON.stringify(over)).toBe(401);
    }
  });

  test('once its time is over', async () => {
    const own = ownKey();
    let short = '';
    await soon(async (at) => {
      short = forged({ exp: Math.ceil(Date.parse(at) / 1000) }, {}, own);
      return (await me(short)).status === 200;
    });
    await expect.poll(async () => (await me(short)).status, { interval: 200 }).toBe(401);
  });

  test('once the person was disabled, at the next request and on the open socket', async () => {
    const socket = new WebSocket(`${whole.gateway.url.replace('http', 'ws')}/ws/chat`, { headers: bearer() });
    const closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
    await new Promise((resolve) => socket.once('message', resolve));
    const { db } = whole.house;
    const person = await findPersonBySub(db, String(claims['sub']));
    await db.query('update access.person set disabled_at = now() where subject_id = $1', [person?.id]);
    await notify(db, { subjects: [person?.id as number] });
    expect(await closed).toBe(4401);
    await expect.poll(async () => (await me(token)).status).toBe(401);
    await expectRefusal(await me(token), 401, 'no-session');
  });
});

/** The stand-in's own signing key, taken from its store: what a thief of that key could do, and no more. */
function ownKey(): KeyObject {
  const database = new DatabaseSync(`${whole.identity.options.dataFolder}/identity.sqlite`, {
    readOnly: true,
  });
  const kept = database.prepare(`select content from kept where name = 'signing-key'`).get();
  database.close();
  return createPrivateKey({ format: 'jwk', key: JSON.parse(String(kept?.['content'])) as JsonWebKey });
}

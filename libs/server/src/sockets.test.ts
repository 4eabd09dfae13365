import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { endSession, listSessions } from '@parvis/access/sessions';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { soon } from '@parvis/testing/soon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { bugDetail, probe } from './probe.kit.ts';

let house: House;
let ana: Visitor;
let base: string;
beforeAll(async () => {
  house = await aHouse([probe]);
  ana = await house.person({ name: 'Ana' });
  base = house.urlOf('probe').replace('http', 'ws');
});
afterAll(() => house?.stop());

const ourOrigin = 'http://127.0.0.1:8080';
const room = '/ws/probe/room';

interface Ending {
  status?: number | undefined;
  code?: number;
  reason?: string;
}
/** How an attempt to open a socket ends: with an HTTP status, or with a close code. */
function ending(socket: WebSocket): Promise<Ending> {
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve({ status: response.statusCode }));
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    socket.on('error', () => undefined);
  });
}
const attempt = (path: string, cookie: string, origin = ourOrigin) =>
  ending(new WebSocket(`${base}${path}`, { headers: { cookie }, origin }));

/** Says something and resolves to the echo. */
function echo(socket: WebSocket, text: string): Promise<string> {
  return new Promise((resolve) => {
    const hear = (data: unknown) => {
      if (String(data) !== text) return;
      socket.off('message', hear);
      resolve(text);
    };
    socket.on('message', hear);
    socket.send(text);
  });
}

test('a socket from a foreign page is refused before it opens', async () => {
  for (const origin of ['https://evil.example', 'null', `${ourOrigin}.evil.example`])
    expect(await attempt(room, ana.cookie, origin)).toEqual({ status: 403 });
});
test('a socket without a session, or with a forged one, is closed with 4401', async () => {
  for (const cookie of ['', 'parvis=x', `parvis=${randomBytes(32).toString('base64url')}`])
    expect(await attempt(room, cookie)).toEqual({ code: 4401, reason: 'no-session' });
});
test('an unknown socket path is refused with 404', async () => {
  expect(await attempt('/ws/probe/UPPER', ana.cookie)).toEqual({ status: 404 });
  expect(await attempt('/api/probe/greeting', ana.cookie)).toEqual({ status: 404 });
});
test('a subprotocol that we speak is agreed on; a client that asks for another is still served', async () => {
  const agreed = await ana.socket(room, ['other.9', 'probe.1']);
  expect(agreed.protocol).toBe('probe.1');
  expect(await echo(agreed, 'x')).toBe('x');
  agreed.terminate();
});
test('a frame over the limit closes that socket with 1009 and no other', async () => {
  const [big, small] = [await ana.socket(room), await ana.socket(room)];
  const end = ending(big);
  big.send('x'.repeat(1_001));
  expect(await end).toMatchObject({ code: 1009 });
  expect(await echo(small, 'x'.repeat(1_000))).toHaveLength(1_000);
  small.terminate();
});
test('bytes that are no WebSocket frame end that connection and no other', async () => {
  const good = await ana.socket(room);
  const { hostname, port } = new URL(base);
  await new Promise<void>((resolve) => {
    const wire = connect(Number(port), hostname, () => {
      const key = randomBytes(16).toString('base64');
      wire.write(
        `GET ${room} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nCookie: ${ana.cookie}\r\n\r\n`,
      );
      wire.once('data', () => wire.write(randomBytes(5_000).fill(0xff, 0, 2)));
    });
    wire
      .on('close', () => resolve())
      .on('error', () => undefined)
      .resume();
  });
  expect(await echo(good, 'still here')).toBe('still here');
  good.terminate();
});
test('a bug while a socket opens closes it as internal, without detail', async () => {
  const end = await attempt('/ws/probe/bug', ana.cookie);
  expect(end).toEqual({ code: 1011, reason: 'internal' });
  expect(JSON.stringify(end)).not.toContain(bugDetail);
});
test('an ended session loses its sockets at once; the person’s other session keeps its own', async () => {
  const leaver = await house.person({ name: 'Leaver' });
  const elsewhere = await house.visitor(leaver.person);
  const [first, second, other] = [
    await leaver.socket(room),
    await leaver.socket(room),
    await elsewhere.socket(room),
  ];
  const ends = [ending(first), ending(second)];
  const sessions = await listSessions(house.db, leaver.person.id);
  const ended = sessions.at(-1);
  // Nobody looks at them by the clock before they expire: only the notice ends them.
  await endSession(house.db, leaver.person.id, ended?.uid as string);
  const [open, shut] = await Promise.race([
    Promise.all(ends).then((codes) => [other, codes] as const),
    ending(other).then((code) => [first, [code]] as const),
  ]);
  for (const end of shut) expect(end).toEqual({ code: 4401, reason: 'no-session' });
  expect(await echo(open, 'mine')).toBe('mine');
  open.terminate();
});
test('a person who is disabled loses every socket at once', async () => {
  const leaver = await house.person();
  const end = ending(await leaver.socket(room));
  await house.db.query('update access.person set disabled_at = now() where subject_id = $1', [
    leaver.person.id,
  ]);
  await house.db.query("select pg_notify('access', $1)", [JSON.stringify({ subjects: [leaver.person.id] })]);
  expect(await end).toEqual({ code: 4401, reason: 'no-session' });
});
test('a socket ends when its session expires', async () => {
  let end: Promise<Ending> = Promise.resolve({});
  await soon(async (expiresAt) => {
    const late = await house.person();
    await house.db.query('update access.session set expires_at = $2 where person_id = $1', [
      late.person.id,
      expiresAt,
    ]);
    const socket = await late.socket(room);
    end = ending(socket);
    return Promise.race([echo(socket, 'in time').then(() => true), end.then(() => false)]);
  });
  expect(await end).toEqual({ code: 4401, reason: 'no-session' });
});
test('a stopping service tells its sockets to come back elsewhere', async () => {
  const leaving = await house.another(probe);
  const visitor = await house.person({}, () => leaving.url);
  const end = ending(await visitor.socket(room));
  await leaving.close();
  expect(await end).toEqual({ code: 1001, reason: 'going-away' });
});

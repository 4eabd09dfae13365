import { randomUUID } from 'node:crypto';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { messageBurstSizeMax, messagesPerMinuteMax } from '@parvis/contract/limits';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen, type Screen } from '../testing/screen.ts';

let house: House;
let villain: Visitor;
let bystander: Visitor;
let channel: string;
let bad: Screen;
let good: Screen;

beforeAll(async () => {
  house = await aHouse([chat]);
  villain = await house.person();
  bystander = await house.person();
});
afterAll(() => house?.stop());

beforeEach(async () => {
  const space = await house.space({ owner: bystander, members: [villain] });
  channel = (await bystander.call(createChannel, { spaceId: space.uid, name: 'calm' })).id;
  [bad, good] = [
    await aScreen(house.urlOf('chat'), villain.cookie),
    await aScreen(house.urlOf('chat'), bystander.cookie),
  ];
  good.follow(channel);
});

/** Whatever was tried, the others go on as if nothing had been. */
afterEach(async () => {
  const body = `all is well ${randomUUID()}`;
  await good.send(channel, body);
  // What the other one sent last may still be on its way, before or with it.
  await good.until('own message', () => good.bodies(channel).includes(body));
  expect(good.holes).toBe(0);
  expect(good.closed).toBe(null);
  bad.cut();
  good.cut();
});

const refusal = (code: string) => bad.until(`refused ${code}`, () => bad.refusals().includes(code));

test('garbage is refused by name, and whoever goes on with it is cut off alone', async () => {
  for (const frame of ['not json', '[]', '{}', '{"t":"launch"}', '"send"', 'null', '{"t":"send"}'])
    bad.raw(frame);
  await bad.until('seven refusals', () => bad.refusals().length === 7);
  expect(new Set(bad.refusals())).toEqual(new Set(['bad-frame']));
  expect(bad.closed).toBe(null);
  for (let nr = 0; nr < 50; nr += 1) bad.raw('more');
  await bad.until('closed', () => bad.closed !== null);
  expect(bad.closed).toEqual({ code: 4400, reason: 'bad-frame' });
});

test('a binary frame is refused', async () => {
  bad.raw(Buffer.from([0, 1, 2, 255]));
  await refusal('bad-frame');
  expect(bad.closed).toBe(null);
});

test('a frame above the limit is refused by name, and one far above closes the socket', async () => {
  bad.raw(
    JSON.stringify({ t: 'send', channelId: channel, clientId: randomUUID(), body: 'x'.repeat(1024 * 1024) }),
  );
  await refusal('frame-too-large');
  bad.raw('x'.repeat(5 * 1024 * 1024));
  await bad.until('closed', () => bad.closed !== null);
});

test('20,000 characters are stored as they are; 20,001, none, NUL and half a character are refused by name', async () => {
  const whole = '🌊é\u202Eعربي\n'.padEnd(19_999, 'ع') + '<';
  expect(whole).toHaveLength(20_000);
  expect(await bad.send(channel, whole)).toBe(1);
  expect((await villain.call(listMessages, { id: channel })).messages[0]?.body).toBe(whole);
  await expect(bad.send(channel, 'x'.repeat(20_001))).rejects.toThrow('too-long');
  await expect(bad.send(channel, '  \n ')).rejects.toThrow('required');
  await expect(bad.send(channel, 'a\u0000b')).rejects.toThrow('forbidden-characters');
  await expect(bad.send(channel, 'a\ud83cb')).rejects.toThrow('forbidden-characters');
  expect(bad.closed).toBe(null);
  await good.until('the long one', () => good.bodies(channel)[0] === whole);
});

test('marks piled on one letter are refused by name; what scripts need is stored as it is', async () => {
  const bomb = `z${'\u0337'.repeat(9)}`;
  await expect(bad.send(channel, `look: ${bomb}`)).rejects.toThrow('too-many-marks');
  await expect(bad.send(channel, 'e\u0301'.concat('\u0489'.repeat(5_000)))).rejects.toThrow('too-many-marks');
  const scripts = 'مُحَمَّدٌ שָׁלוֹם ศิลปะ e\u0301\u0323 ❤️ 🏴\u{E0067}\u{E0062}\u{E007F}';
  await bad.send(channel, scripts);
  await good.until('the scripts', () => good.bodies(channel).at(-1) === scripts);
});

test('ten thousand mentions are too long, fifty-one too many, and fifty cost one message', async () => {
  const mention = () => `@[x](person/${randomUUID()})`;
  const many = (count: number) => Array.from({ length: count }, mention).join(' ');
  bad.say({ t: 'send', channelId: channel, clientId: randomUUID(), body: many(10_000) });
  await refusal('frame-too-large');
  await expect(bad.send(channel, many(420))).rejects.toThrow('too-long');
  await expect(bad.send(channel, many(51))).rejects.toThrow('too-many-mentions');
  await bad.send(channel, `@[me](person/${villain.person.uid}) ${many(49)}`);
  await good.until('the mention', () => good.bodies(channel).length === 1);
  // Who does not exist is not mentioned.
  expect(good.shown.get(channel)?.[0]?.mentions.map(({ id }) => id)).toEqual([villain.person.uid]);
});

test('brackets and backticks without end are read as fast as all else', async () => {
  // Read in a time that grows with more than the square of their length, they would not be answered in this test's life.
  for (const body of ['@['.repeat(9_900), '`'.repeat(19_900), '@[x]('.repeat(3_900), '```'.repeat(6_500)])
    await bad.send(channel, body);
});

test('a quote of what one may not read, or of what is not there, is refused alike', async () => {
  const elsewhere = await house.space({ owner: bystander });
  const secret = (await bystander.call(createChannel, { spaceId: elsewhere.uid, name: 'secret' })).id;
  const { seq } = await bystander.call(postMessage, {
    id: secret,
    clientId: randomUUID(),
    body: 'not for the villain',
  });
  const quoting = (channelId: string, of: number) =>
    bad.send(channel, 'see', randomUUID(), { quote: { channelId, seq: of } });
  await expect(quoting(secret, seq)).rejects.toThrow('no-such-quote');
  await expect(quoting(channel, 99)).rejects.toThrow('no-such-quote');
  await expect(quoting(randomUUID(), 1)).rejects.toThrow('no-such-quote');
  // Whoever may read it may pass it on, and its words stay with those who may read them.
  await good.send(channel, 'passed on', randomUUID(), { quote: { channelId: secret, seq } });
  await good.until('the quote', () => good.bodies(channel).length === 1);
  expect(good.shown.get(channel)?.[0]?.quote).toMatchObject({ channelId: secret, seq, body: null });
});

test('script and SQL are text like any other', async () => {
  for (const body of [
    "'; drop table chat.message; --",
    '<script>alert(1)</script>',
    '{"t":"gone"}',
    '\\u0000 $1 %s',
  ]) {
    await bad.send(channel, body);
    await good.until(body, () => good.bodies(channel).at(-1) === body);
  }
});

test('nobody can write in the name of another: a sender given by the client is not looked at', async () => {
  const clientId = randomUUID();
  const sender = { id: bystander.person.uid, name: 'forged', kind: 'member', organisation: null };
  bad.raw(JSON.stringify({ t: 'send', channelId: channel, clientId, body: 'from whom?', sender, seq: 99 }));
  await good.until('the message', () => good.bodies(channel).length === 1);
  expect(good.shown.get(channel)?.[0]).toMatchObject({ seq: 1, sender: { id: villain.person.uid } });
});

test('an unknown channel, a position out of range and too many channels are refused; the socket stays', async () => {
  await expect(bad.send(randomUUID(), 'anybody?')).rejects.toThrow('not-found');
  bad.say({ t: 'follow', channels: [{ id: randomUUID(), after: 0 }] });
  await refusal('not-found');
  bad.raw(JSON.stringify({ t: 'follow', channels: [{ id: channel, after: -1 }] }));
  bad.raw(JSON.stringify({ t: 'read', channelId: channel, seq: 1e300 }));
  await refusal('bad-frame');
  bad.say({ t: 'follow', channels: Array.from({ length: 501 }, () => ({ id: randomUUID(), after: 0 })) });
  await refusal('too-many-channels');
  bad.say({ t: 'follow', channels: [{ id: channel, after: 9_000_000 }] });
  await bad.until('reset to the real end', () =>
    bad.heard.some((one) => one.t === 'reset' && one.lastSeq === 0),
  );
  bad.say({ t: 'ping' });
  await bad.until('pong', () => bad.heard.some(({ t }) => t === 'pong'));
});

test('ten thousand sends in a burst: each is stored or refused, the surplus by name', async () => {
  const meanwhile = good.send(channel, 'in the middle of it');
  const startedAt = performance.now();
  const results = await new Promise<{ stored: number; refused: string[] }>((resolve) => {
    const total = 10_000;
    for (let nr = 0; nr < total; nr += 1) {
      bad.say({ t: 'send', channelId: channel, clientId: randomUUID(), body: `burst ${nr}` });
    }
    const count = () => bad.heard.filter(({ t }) => t === 'stored').length;
    void bad
      .until('all answered', () => bad.heard.length >= total && count() + bad.refusals().length >= total)
      .then(
        () => resolve({ stored: count(), refused: bad.refusals() }),
        () => resolve({ stored: count(), refused: bad.refusals() }),
      );
  });
  expect(results.stored + results.refused.length).toBe(10_000);
  for (const code of results.refused) expect(code).toBe('too-many-requests');
  // One person's share of the time that it took, however fast they are: the surplus is refused.
  const tookMinutes = (performance.now() - startedAt) / 60_000;
  expect(results.stored).toBeLessThanOrEqual(messageBurstSizeMax + messagesPerMinuteMax * tookMinutes + 1);
  await meanwhile;
  const [row] = await house.db.query<{ count: number }>(
    'select last_seq::float8 as count from chat.channel where uid = $1',
    [channel],
  );
  expect(row?.count).toBe(results.stored + 1);
  await good.until('all of them', () => good.bodies(channel).length === results.stored + 1);
});

test('a socket that never reads is closed with `resume`, and the others are not held up', async () => {
  bad.follow(channel);
  await good.send(channel, 'first');
  await bad.until('first', () => bad.bodies(channel).length === 1);
  bad.socket.pause();
  const socket = bad.socket;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const big = 'z'.repeat(19_000);
  // More than the kernel's own buffers and ours can hold.
  for (let nr = 0; nr < 700; nr += 1) await good.send(channel, `${nr} ${big}`);
  await good.until('all', () => good.bodies(channel).length === 701);
  socket.resume();
  await closed;
  const metrics = await (await fetch(`${house.urlOf('chat')}/metrics`)).text();
  expect(metrics).toMatch(/parvis_socket_refusals_total\{[^}]*code="resume"[^}]*\} 1/);
  await bad.open();
  await bad.until('the same screen', () => bad.bodies(channel).length === 701);
  expect(bad.shown.get(channel)).toEqual(good.shown.get(channel));
}, 300_000);

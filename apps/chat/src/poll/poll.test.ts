import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { closePoll, getMyVote, votePoll } from '@parvis/contract/chat-poll';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let one: Visitor;
let other: Visitor;
let stranger: Visitor;
let channel: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  [one, other, stranger] = [await house.person(), await house.person(), await house.person()];
  const space = await house.space({ owner: one, members: [other] });
  channel = (await one.call(createChannel, { spaceId: space.uid, name: 'votes' })).id;
});
afterAll(() => house?.stop());

const ask = (more: { multiple?: boolean; anonymous?: boolean; closesAt?: string } = {}) =>
  one.call(postMessage, {
    id: channel,
    clientId: crypto.randomUUID(),
    body: '',
    poll: { question: 'Quel jour ?', options: ['lundi', 'mardi'], ...more },
  });
const votes = async (seq: number) =>
  (await one.call(listMessages, { id: channel })).messages
    .find((message) => message.seq === seq)
    ?.poll?.options.map((option) => [option.text, option.votes, option.people.length]);

test('a vote is counted once, may be changed, and is seen live by the others', async () => {
  const { seq } = await ask();
  const screen = await aScreen(house.urlOf('chat'), one.cookie);
  screen.follow(channel);
  await other.call(votePoll, { id: channel, seq, options: ['0'] });
  await other.call(votePoll, { id: channel, seq, options: ['1'] });
  await one.call(votePoll, { id: channel, seq, options: ['1'] });
  expect(await votes(seq)).toEqual([
    ['lundi', 0, 0],
    ['mardi', 2, 2],
  ]);
  expect(await other.call(getMyVote, { id: channel, seq })).toEqual({ options: ['1'] });
  await screen.until('both votes', () =>
    screen.heard.some(
      (frame) =>
        frame.t === 'entries' &&
        frame.entries.some(
          (entry) =>
            entry.kind === 'change' && entry.why === 'voted' && entry.message.poll?.options[1]?.votes === 2,
        ),
    ),
  );
  await other.call(votePoll, { id: channel, seq, options: [] });
  expect((await votes(seq))?.[1]).toEqual(['mardi', 1, 1]);
  screen.cut();
});

test('of an anonymous poll neither the message nor the log says who voted', async () => {
  const { seq } = await ask({ anonymous: true, multiple: true });
  await other.call(votePoll, { id: channel, seq, options: ['0', '1'] });
  expect(await votes(seq)).toEqual([
    ['lundi', 1, 0],
    ['mardi', 1, 0],
  ]);
  const [entry] = await house.db.query<{ senderId: number }>(
    `select sender_id as "senderId" from chat.message where target_seq = $1 order by seq desc limit 1`,
    [seq],
  );
  expect(entry?.senderId).toBe(one.person.id);
});

test('it takes one choice unless several are allowed, only its own choices, and nothing once it is closed', async () => {
  const { seq } = await ask();
  const vote = (options: string[]) => other.call(votePoll, { id: channel, seq, options });
  await expect(vote(['0', '1'])).rejects.toMatchObject({ code: 'one-option-only' });
  await expect(vote(['7'])).rejects.toMatchObject({ code: 'no-such-option' });
  await expect(other.call(closePoll, { id: channel, seq })).rejects.toMatchObject({ code: 'not-allowed' });
  expect((await one.call(closePoll, { id: channel, seq })).poll?.closedAt).not.toBeNull();
  await expect(vote(['0'])).rejects.toMatchObject({ code: 'poll-closed' });
  await expect(stranger.call(votePoll, { id: channel, seq, options: ['0'] })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a message of nothing, a poll of one choice and one that ended yesterday are refused', async () => {
  const post = (more: object) =>
    one.call(postMessage, { id: channel, clientId: crypto.randomUUID(), body: '', ...more });
  await expect(post({})).rejects.toMatchObject({ code: 'bad-input' });
  await expect(post({ poll: { question: 'q', options: ['a'] } })).rejects.toMatchObject({
    code: 'bad-input',
  });
  await expect(ask({ closesAt: new Date(Date.now() - 1_000).toISOString() })).rejects.toMatchObject({
    code: 'time-out-of-range',
  });
});

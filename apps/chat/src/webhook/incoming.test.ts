import { randomUUID } from 'node:crypto';
import { setDisabled } from '@parvis/access/people';
import { createChannel, getChannel, listMessages } from '@parvis/contract/chat';
import {
  createIncomingHook,
  deleteIncomingHook,
  listHooks,
  renewIncomingHook,
} from '@parvis/contract/chat-hook';
import { hookMessagesPerMinuteMax, messageLengthMax } from '@parvis/contract/limits';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { markdownOf } from './slack.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let channel: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  owner = await house.person({ name: 'Odile' });
  member = await house.person();
  stranger = await house.person();
});
afterAll(() => house?.stop());
beforeEach(async () => {
  const space = await house.space({ owner, members: [member] });
  channel = (await owner.call(createChannel, { spaceId: space.uid, name: 'Alertes' })).id;
});

/** What a program outside posts, without any session. */
async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${house.urlOf('chat')}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.status, ...((await answer.json()) as { ok?: true; seq?: number; code?: string }) };
}
const aHook = (by = owner) => by.call(createIncomingHook, { id: channel, name: 'Supervision' });
const last = async () => (await member.call(listMessages, { id: channel })).messages.at(-1);

test('what a program posts is a message through a named integration, and unread to whoever made it too', async () => {
  const { hook, path } = await aHook();
  const before = (await owner.call(getChannel, { id: channel })).readNr;
  const posted = await post(path, { text: '**Disque** plein sur `srv-3`' });
  expect(posted).toMatchObject({ status: 200, ok: true });
  expect(await last()).toMatchObject({
    body: '**Disque** plein sur `srv-3`',
    seq: posted.seq,
    sender: { name: 'Odile' },
    via: { id: hook.id, kind: 'webhook', name: 'Supervision' },
  });
  expect((await owner.call(getChannel, { id: channel })).readNr).toBe(before);
  const { incoming } = await owner.call(listHooks, { id: channel });
  expect(incoming).toMatchObject([{ name: 'Supervision', count: 1 }]);
  expect(incoming[0]?.usedAt).not.toBeNull();
  expect(JSON.stringify(incoming)).not.toContain(path.split('/').at(-1));
});

test('the same client id again is the same message', async () => {
  const { path } = await aHook();
  const clientId = randomUUID();
  const [one, two] = [await post(path, { text: 'a', clientId }), await post(path, { text: 'a', clientId })];
  expect(two.seq).toBe(one.seq);
  expect((await post(path, { text: 'b', clientId })).code).toBe('client-id-reused');
});

test('only those who manage a channel look after its integrations; strangers learn nothing', async () => {
  const { hook } = await aHook();
  const of = { id: channel, hookId: hook.id };
  await expect(member.call(listHooks, { id: channel })).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(aHook(member)).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(member.call(deleteIncomingHook, of)).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(stranger.call(listHooks, { id: channel })).rejects.toMatchObject({ code: 'not-found' });
  await expect(aHook(stranger)).rejects.toMatchObject({ code: 'not-found' });
});

test('an address ends at once: replaced or taken back; a wrong secret is the same as none', async () => {
  const { hook, path } = await aHook();
  const of = { id: channel, hookId: hook.id };
  const renewed = await owner.call(renewIncomingHook, of);
  expect((await post(path, { text: 'ancien' })).code).toBe('not-found');
  expect((await post(renewed.path, { text: 'nouveau' })).status).toBe(200);
  await owner.call(deleteIncomingHook, of);
  expect((await post(renewed.path, { text: 'fini' })).code).toBe('not-found');
  expect((await post(`/api/chat/hooks/${randomUUID()}/abc`, { text: 'x' })).code).toBe('not-found');
  expect((await post('/api/chat/hooks/x/abc', { text: 'x' })).code).toBe('not-found');
});

test('it posts with the rights of whoever made it, as they are now', async () => {
  const leaving = await house.person();
  const space = await house.space({ owner: leaving });
  const made = await leaving.call(createChannel, { spaceId: space.uid, name: 'Fin' });
  const { path } = await leaving.call(createIncomingHook, { id: made.id, name: 'Bientôt' });
  expect((await post(path, { text: 'avant' })).status).toBe(200);
  await setDisabled(house.db, leaving.person.id, new Date());
  expect(await post(path, { text: 'après' })).toMatchObject({ status: 403, code: 'hook-owner-gone' });
});

test('it takes so many messages a minute, over all processes', async () => {
  const { path } = await aHook();
  const other = await house.another(chat);
  const to = (nr: number) => (nr % 2 === 0 ? house.urlOf('chat') : other.url);
  const minute = () => Math.floor(Date.now() / 60_000);
  const from = minute();
  const answers: number[] = [];
  // The minute may turn meanwhile, and what comes after it is taken: then it takes more until one is too many.
  for (let round = 0; round < 10 && !answers.includes(429); round += 1)
    answers.push(
      ...(await Promise.all(
        Array.from({ length: hookMessagesPerMinuteMax + 20 }, (_, nr) =>
          fetch(`${to(nr)}${path}`, {
            method: 'POST',
            body: JSON.stringify({ text: `${nr}` }),
            headers: { 'content-type': 'application/json' },
          }).then(({ status }) => status),
        ),
      )),
    );
  const minutes = minute() - from + 1;
  await other.close();
  expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(
    minutes * hookMessagesPerMinuteMax,
  );
  expect(new Set(answers)).toEqual(new Set([200, 429]));
});

test.each([
  ['nothing', {}],
  ['only spaces', { text: ' \n ' }],
  ['no text', { text: 7 }],
  ['blocks without words', { blocks: [{ type: 'divider' }] }],
  ['a pile of marks', { text: `a${'\u0301'.repeat(200)}` }],
  ['NUL', { text: 'a\u0000b' }],
  ['too many parts', { attachments: Array.from({ length: 51 }, () => ({ text: 'a' })) }],
])('what is no message is refused with a code: %s', async (_, body) => {
  const { path } = await aHook();
  expect(await post(path, body)).toMatchObject({ status: 400, code: 'bad-input' });
  expect(await last()).toBeUndefined();
});

test('a page elsewhere cannot post through somebody’s browser, nor a body of megabytes', async () => {
  const { path } = await aHook();
  expect((await post(path, { text: 'x' }, { origin: 'https://evil.example' })).code).toBe('foreign-origin');
  expect((await post(path, { text: 'x'.repeat(400_000) })).code).toBe('body-too-large');
});

describe('what programs send to Slack', () => {
  test.each([
    [
      'links',
      { text: 'Voir <https://a.example/x?y=1|le tableau> et <https://b.example>' },
      'Voir [le tableau](https://a.example/x?y=1) et https://b.example',
    ],
    ['escapes', { text: '1 &lt; 2 &amp;&amp; 3 &gt; 2' }, '1 < 2 && 3 > 2'],
    ['words for everybody', { text: '<!here> et <!channel>' }, '@here et @channel'],
    ['our own Markdown', { text: '**gras** et `<code>`' }, '**gras** et `<code>`'],
    [
      'blocks in place of the text',
      {
        text: 'court',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Panne' } },
          { type: 'section', text: { type: 'mrkdwn', text: 'Le *serveur* est ~là~ parti' } },
          {
            type: 'section',
            fields: [
              { type: 'mrkdwn', text: '*Depuis*' },
              { type: 'mrkdwn', text: '`2*3*4`' },
            ],
          },
          {
            type: 'context',
            elements: [
              { type: 'mrkdwn', text: 'Salle 3' },
              { type: 'image', alt_text: 'x' },
            ],
          },
        ],
      },
      '**Panne**\n\nLe **serveur** est ~~là~~ parti\n\n**Depuis**\n`2*3*4`\n\nSalle 3',
    ],
    [
      'attachments',
      {
        text: 'Alerte',
        attachments: [
          {
            title: 'CPU',
            title_link: 'https://g.example',
            text: '*98 %*',
            fields: [{ title: 'Hôte', value: 'srv' }],
          },
          { fallback: 'repli' },
        ],
      },
      'Alerte\n\n**[CPU](https://g.example)**\n**98 %**\n**Hôte** : srv\n\nrepli',
    ],
    ['a link that runs', { text: '<javascript:alert(1)|clic>' }, '<javascript:alert(1)|clic>'],
  ])('%s', (_, payload, markdown) => {
    expect(markdownOf(payload)).toBe(markdown);
  });

  test('what is too long is cut between characters, and posted', async () => {
    const cut = markdownOf({ text: '👍'.repeat(messageLengthMax) });
    expect(cut.length).toBeLessThanOrEqual(messageLengthMax);
    expect(cut.isWellFormed()).toBe(true);
    const { path } = await aHook();
    expect((await post(path, { text: 'é'.repeat(messageLengthMax + 10) })).status).toBe(200);
    expect((await last())?.body.endsWith('…')).toBe(true);
  });
});

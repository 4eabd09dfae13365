import { randomUUID } from 'node:crypto';
import { grant, revoke } from '@parvis/access/grants';
import { trash } from '@parvis/access/moving';
import { createChannel, markRead, postMessage } from '@parvis/contract/chat';
import { openDirect } from '@parvis/contract/chat-direct';
import { saveMessage } from '@parvis/contract/chat-saved';
import { searchMessages } from '@parvis/contract/chat-search';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { Log } from './testing/log.ts';

let house: House;
let log: Log;
let ada: Visitor;
let ben: Visitor;
let stranger: Visitor;
let spaceId: string;
let port: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  log = new Log(house);
  ada = await house.person({ name: 'Ada Lovelace' });
  ben = await house.person({ name: 'بنجامين الميناء' });
  stranger = await house.person({ name: 'Inconnu Passant' });
  spaceId = (await house.space({ owner: ada, members: [ben] })).uid;
  port = await channel('Le port', ada);
});
afterAll(() => house?.stop());

async function channel(
  name: string,
  owner: Visitor,
  channelKind: 'public' | 'private' = 'public',
): Promise<string> {
  return (await owner.call(createChannel, { spaceId, name, channelKind })).id;
}
async function say(who: Visitor, channelId: string, body: string): Promise<number> {
  return (await who.call(postMessage, { id: channelId, clientId: randomUUID(), body })).seq;
}
const ask = async (who: Visitor, q: string, more = {}) => who.call(searchMessages, { q, ...more });
const texts = async (who: Visitor, q: string, more = {}) =>
  (await ask(who, q, more)).hits.map(({ text }) => text.map((one) => one.text).join(''));
const marks = async (who: Visitor, q: string) =>
  (await ask(who, q)).hits.map(({ text }) => text.filter((one) => one.marked).map((one) => one.text));

test('words are found in any of their forms, in three languages, without anybody asking for it', async () => {
  await say(ben, port, 'La réunion a décidé de **consolider** les berges');
  await say(ada, port, 'The engineers were measuring the tides');
  await say(ada, port, 'اجتمعت اللجنة وبحثت مشروع الميناء والميزانية الجديدة');
  await expect
    .poll(() => texts(ben, 'reunions'), { timeout: 30_000 })
    .toEqual(['La réunion a décidé de consolider les berges']);
  await log.indexed();
  expect(await marks(ada, 'decider REUNION')).toEqual([['réunion', 'décidé']]);
  expect(await texts(ada, 'engineer measured')).toEqual(['The engineers were measuring the tides']);
  expect(await marks(ada, 'ميزانية')).toEqual([['والميزانية']]);
  expect(await texts(ada, 'لجنة مشروع')).toHaveLength(1);
  expect(await texts(ada, 'le la de')).toEqual([]);
  expect((await ask(ada, 'le la de')).hints).toEqual([{ what: 'common-words', text: '' }]);
});

test('words in a row, words that must not be there, one word or another, a word half typed', async () => {
  const quay = await channel('Quai', ada);
  await say(ada, quay, 'conseil municipal du lundi');
  await say(ada, quay, 'municipal conseil du mardi');
  await say(ada, quay, 'porte-parole du conseil');
  await log.indexed();
  expect(await texts(ada, '"conseil municipal"')).toEqual(['conseil municipal du lundi']);
  expect(await texts(ada, 'conseil -mardi -"porte parole"')).toEqual(['conseil municipal du lundi']);
  expect(await texts(ada, 'mardi OU lundi')).toEqual([
    'municipal conseil du mardi',
    'conseil municipal du lundi',
  ]);
  expect(await texts(ada, 'porte-parole')).toEqual(['porte-parole du conseil']);
  expect(await texts(ada, 'muni')).toEqual([]);
  expect(await texts(ada, 'muni', { typing: 'true' })).toHaveLength(2);
  expect(await texts(ada, '-conseil in:quai')).toEqual([]);
});

describe('operators', () => {
  let here: string;
  let other: string;
  let guest: Visitor;
  let four: number;
  let five: number;

  beforeAll(async () => {
    here = await channel('Écluse', ada);
    other = await channel('Vanne', ada, 'private');
    guest = await house.person({ name: 'Greta Invitée', kind: 'guest' });
    await grant(
      house.db,
      { resourceUid: here, subjectId: guest.person.id, role: 'commenter' },
      ada.person.id,
    );
    await say(ada, here, 'marégraphe un');
    await say(ben, here, 'marégraphe deux https://parvis.example/notes');
    await say(ada, other, 'marégraphe trois `code`');
    four = await say(ben, here, 'marégraphe quatre');
    five = await say(ada, here, 'marégraphe cinq');
    await log.content(here, four, {
      poll: { question: 'Quel étiage ?', options: [{ id: 'a', text: 'Le pressoir' }] },
      files: [{ id: randomUUID(), name: 'plan-de-vanne.png', type: 'image/png', bytes: 12 }],
    });
    await log.indexed();
    await log.dated(here, 1, '2020-03-10T23:30:00Z');
    await log.indexed();
  });

  const found = async (who: Visitor, rest: string, more = {}) =>
    (await texts(who, `maregraphe ${rest}`, more)).map((text) => text.split(' ')[1]);

  test.each([
    ['from:ada', ['cinq', 'trois', 'un']],
    ['de:"Ada Lovelace" dans:ecluse', ['cinq', 'un']],
    ['من:بنجامين', ['quatre', 'deux']],
    ['-from:me', ['quatre', 'deux']],
    ['is:mine', ['cinq', 'trois', 'un']],
    ['in:vanne', ['trois']],
    ['-in:vanne', ['cinq', 'quatre', 'deux', 'un']],
    ['before:2020-04', ['un']],
    ['après:2020-03-10 -from:بنجامين', ['cinq', 'trois']],
    ['on:2020-03-10', ['un']],
    ['خلال:2020-03', ['un']],
    ['has:link', ['deux']],
    ['avec:code', ['trois']],
    ['has:image -has:voice', ['quatre']],
    ['contient:fichier', ['quatre']],
    ['فيه:استطلاع', ['quatre']],
    ['from:personne-de-ce-nom', []],
    ['in:nulle-part', []],
  ])('%s', async (rest, expected) => {
    expect(await found(ada, rest)).toEqual(expected);
  });

  test('a day begins where the person is', async () => {
    expect(await found(ada, 'le:2020-03-11', { timeZone: 'Europe/Paris' })).toEqual(['un']);
    expect(await found(ada, 'le:2020-03-10', { timeZone: 'Europe/Paris' })).toEqual([]);
    await expect(ask(ada, 'x', { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('names of nobody and of no place are told, but not to guests', async () => {
    expect((await ask(ada, 'maregraphe from:zorglub in:nulle')).hints).toEqual([
      { what: 'nobody', text: 'zorglub' },
      { what: 'nowhere', text: 'nulle' },
    ]);
    expect((await ask(guest, 'maregraphe from:zorglub')).hints).toEqual([]);
    expect((await ask(ada, 'couleur:bleu')).hints).toEqual([{ what: 'unknown-operator', text: 'couleur' }]);
  });

  test('what was put beside the text is found too', async () => {
    expect(await texts(ada, 'pressoirs étiage plan vannes')).toEqual(['marégraphe quatre']);
  });

  test('only in a channel, only in a space, and never in what is not theirs to see', async () => {
    expect(await found(ada, '', { channelId: other })).toEqual(['trois']);
    expect(await found(ada, '', { spaceId })).toHaveLength(5);
    expect(await found(guest, '')).toEqual(['cinq', 'quatre', 'deux', 'un']);
    expect(await found(ben, '')).toEqual(['cinq', 'quatre', 'deux', 'un']);
    expect(await found(stranger, '')).toEqual([]);
    await expect(ask(ben, 'x', { channelId: other })).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask(stranger, 'x', { spaceId })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('unread are those after where I have read, of others', async () => {
    expect(await found(ben, 'is:unread')).toEqual(['cinq']);
    await ben.call(markRead, { id: here, seq: five });
    await expect.poll(() => found(ben, 'is:unread'), { timeout: 30_000 }).toEqual([]);
  });

  test('what somebody kept is found by them alone', async () => {
    await ben.call(saveMessage, { id: here, seq: four });
    expect(await found(ben, 'is:saved')).toEqual(['quatre']);
    expect(await found(ben, 'is:saved has:link')).toEqual([]);
    expect(await found(ada, 'هو:محفوظة')).toEqual([]);
  });

  test('reactions, pins and threads are found as they come and go', async () => {
    await log.reaction(here, 2, ada);
    await log.pinned(here, five, true);
    await log.indexed();
    expect(await found(ben, 'has:reaction')).toEqual(['deux']);
    expect(await found(ben, 'avec:épingle')).toEqual(['cinq']);
    await log.pinned(here, five, false);
    await log.indexed();
    expect(await found(ben, 'has:pin')).toEqual([]);
  });
});

test('what was edited is found by its new words, what was deleted or hidden no longer', async () => {
  const room = await channel('Musoir', ada);
  await say(ada, room, 'ornithorynque');
  await say(ada, room, 'ornithorynque encore');
  await say(ada, room, 'ornithorynque toujours');
  await log.indexed();
  await log.edited(room, 1, 'échidné');
  await log.indexed();
  expect(await texts(ben, 'echidne')).toEqual(['échidné']);
  expect(await texts(ben, 'ornithorynque')).toHaveLength(2);
  await log.gone(room, 2, 'deleted_at');
  await log.gone(room, 3, 'hidden_at');
  // In the same moment, before the index has heard of anything.
  expect(await texts(ben, 'ornithorynque')).toEqual([]);
  expect(await log.entries(room)).toBe(1);
  await log.indexed();
  expect(await log.entries(room)).toBe(1);
});

test('a right, a place in the trash, a channel: gone is gone at the next search', async () => {
  const room = await channel('Jetée', ada, 'private');
  await say(ada, room, 'lamantin');
  await log.indexed();
  expect(await texts(ben, 'lamantin')).toEqual([]);
  await grant(house.db, { resourceUid: room, subjectId: ben.person.id, role: 'reader' }, ada.person.id);
  expect(await texts(ben, 'lamantin')).toEqual(['lamantin']);
  await revoke(house.db, room, ben.person.id);
  expect(await texts(ben, 'lamantin')).toEqual([]);
  await trash(house.db, room, ada.person.id);
  expect(await texts(ada, 'lamantin')).toEqual([]);
});

test('conversations are found by those who have them, under the names of the others', async () => {
  const { id } = await ada.call(openDirect, { personIds: [ben.person.uid] });
  await say(ada, id, 'dugong');
  await log.indexed();
  const [hit] = (await ask(ben, 'dugong is:dm')).hits;
  expect(hit?.channel).toMatchObject({ id, title: 'Ada Lovelace', kind: 'direct', spaceTitle: null });
  expect(await texts(ben, 'dugong -is:dm')).toEqual([]);
  expect(await texts(stranger, 'dugong')).toEqual([]);
});

test('pages follow one another without a gap, newest first; what stands beside a hit is told', async () => {
  const room = await channel('Chenal', ada);
  for (let nr = 1; nr <= 7; nr++)
    await say(nr % 2 ? ada : ben, room, nr % 3 ? `balise ${nr}` : `bouée ${nr}`);
  await log.indexed();
  const seen: number[] = [];
  let after: string | undefined;
  do {
    const page = await ask(ada, 'balise', { limit: 2, ...(after ? { after } : {}) });
    seen.push(...page.hits.map(({ seq }) => seq));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toEqual([7, 5, 4, 2, 1]);
  const { hits, count, complete } = await ask(ada, 'balise');
  expect({ count, complete }).toEqual({ count: 5, complete: true });
  expect(hits[1]).toMatchObject({
    before: { seq: 4, text: 'balise 4' },
    after: { seq: 6, text: 'bouée 6', sender: { name: ben.person.name } },
  });
  expect(hits[0]?.after).toBeNull();
  const best = await ask(ada, 'balise', { order: 'best', limit: 3 });
  expect(best.hits).toHaveLength(3);
  expect((await ask(ada, 'balise', { order: 'best', limit: 3, after: best.next ?? '' })).hits).toHaveLength(
    2,
  );
  await expect(ask(ada, 'balise', { after: 'nonsense' })).rejects.toMatchObject({ code: 'bad-cursor' });
});

test.each([
  "'; drop table chat.message; --",
  "a & | ! <-> 'b",
  '%',
  '\\',
  ':*',
  '+',
  "from:'",
  'in:%',
  '(((',
  'و',
  '\u{1f600}',
  '"" -"" OR',
  'x'.repeat(200),
  '-x',
  'from:ada',
  'is:unread',
])('any text is a question: %s', async (q) => {
  await ask(ada, q);
  await ask(ada, q, { typing: 'true', order: 'best' });
});

import { setDisabled } from '@parvis/access/people';
import { changeBot, createBot, createBotToken, listBots, revokeBotToken } from '@parvis/contract/bot';
import { listPeople } from '@parvis/contract/directory';
import { botListSizeMax, botTokenListSizeMax } from '@parvis/contract/limits';
import { share } from '@parvis/contract/sharing';
import type { Visitor } from '@parvis/testing/house';
import { soon } from '@parvis/testing/soon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';

let at: DirectoryHouse;
let owner: Visitor;
let other: Visitor;
let administrator: Visitor;

beforeAll(async () => {
  at = await aDirectory();
  owner = await at.house.person({ name: 'Odile' });
  other = await at.house.person();
  administrator = await at.house.person({ administrator: true });
});
afterAll(() => at?.stop());

/** What a program is answered that comes with a token, and with nothing else. */
const by = (token: string, path = '/api/directory/people') =>
  fetch(`${at.house.urlOf('directory')}${path}`, { headers: { authorization: `Bearer ${token}` } });
const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;

async function aBot(scopes: ('people:read' | 'chat:read')[] = ['people:read'], name = 'Veilleur') {
  const bot = await owner.call(createBot, { name, description: 'Surveille les serveurs' });
  return owner.call(createBotToken, { id: bot.id, name: 'serveur', scopes });
}

test('its owner makes it, names it anew, and sees when a token was used; the token itself is told once', async () => {
  const { bot, token } = await aBot();
  expect(bot).toMatchObject({
    bot: true,
    running: true,
    owner: { name: 'Odile' },
    tokens: [{ usedAt: null }],
  });
  expect((await by(token, `/api/directory/people/${bot.id}`)).status).toBe(200);
  const listed = await owner.call(listBots, {});
  const mine = listed.bots.find(({ id }) => id === bot.id);
  expect(mine?.tokens[0]?.usedAt).not.toBeNull();
  expect(JSON.stringify(listed)).not.toContain(token);
  const kept = await at.house.db.query('select t.*::text as row from access.bot_token t');
  expect(JSON.stringify(kept)).not.toContain(token);
  const renamed = await owner.call(changeBot, { id: bot.id, name: 'Vigie' });
  expect(renamed).toMatchObject({ name: 'Vigie', description: 'Surveille les serveurs' });
});

test('it is for what its token says: a route of another scope, of none, and the sockets are refused', async () => {
  const { token } = await aBot(['chat:read']);
  const refused = await by(token);
  expect([refused.status, await codeOf(refused)]).toEqual([403, 'scope-missing']);
  expect(await codeOf(await by(token, '/api/directory/me'))).toBe('scope-missing');
  expect(await codeOf(await by(token, '/api/directory/bots'))).toBe('scope-missing');
});

test('it is no member: it neither lists people nor sees what everyone sees, and is given at most editor', async () => {
  const { bot, token } = await aBot();
  const listing = await by(token);
  expect([listing.status, await codeOf(listing)]).toEqual([403, 'scope-missing']);
  const space = await at.house.space({ owner });
  const given = { id: space.uid, subjectKind: 'person', subjectId: bot.id } as const;
  await expect(owner.call(share, { ...given, role: 'manager' })).rejects.toMatchObject({
    code: 'role-too-high',
  });
  const { reasons } = await owner.call(share, { ...given, role: 'editor' });
  expect(reasons.map(({ person }) => person?.bot)).toContain(true);
});

test('others do not learn of it here; administrators see it, and may stop it', async () => {
  const { bot, token } = await aBot();
  expect((await other.call(listBots, {})).bots).toEqual([]);
  for (const [op, input] of [
    [changeBot, { id: bot.id, running: false }],
    [createBotToken, { id: bot.id, name: 'x', scopes: ['chat:read'] }],
    [revokeBotToken, { id: bot.id, tokenId: bot.tokens[0]?.id }],
  ] as const)
    await expect(other.call(op, input as never)).rejects.toMatchObject({ code: 'not-found' });
  expect((await administrator.call(listBots, {})).bots.map(({ id }) => id)).toContain(bot.id);
  await administrator.call(changeBot, { id: bot.id, running: false });
  expect((await by(token)).status).toBe(401);
  await owner.call(changeBot, { id: bot.id, running: true });
  expect((await by(token)).status).toBe(403);
});

test('a token ends at once: taken back, with its bot, with its owner, and when its time is over', async () => {
  const { bot, token } = await aBot();
  const path = `/api/directory/people/${bot.id}`;
  expect((await by(token, path)).status).toBe(200);
  await owner.call(revokeBotToken, { id: bot.id, tokenId: bot.tokens[0]?.id as string });
  expect((await by(token, path)).status).toBe(401);

  const leaving = await at.house.person();
  const theirs = await leaving.call(createBot, { name: 'Relais' });
  const made = await leaving.call(createBotToken, { id: theirs.id, name: 'a', scopes: ['people:read'] });
  const own = `/api/directory/people/${theirs.id}`;
  expect((await by(made.token, own)).status).toBe(200);
  await setDisabled(at.house.db, leaving.person.id, new Date());
  await expect.poll(async () => (await by(made.token, own)).status).toBe(401);

  let short = '';
  await soon(async (expiresAt) => {
    const wanted = { id: bot.id, name: 'b', scopes: ['people:read' as const], expiresAt };
    short = (await owner.call(createBotToken, wanted)).token;
    return (await by(short, path)).status === 200;
  });
  await expect.poll(async () => (await by(short, path)).status).toBe(401);
});

test.each([
  '',
  'parvis_bot_',
  'parvis_bot_AAAA',
  `parvis_bot_${'A'.repeat(43)}`,
  `parvis_bot_${'A'.repeat(100_00)}`,
])('a token that was never given lets nobody in: %#', async (token) => {
  expect((await by(token)).status).toBe(401);
});

test('it is found by its name, as a bot, so that it can be added to what it works in', async () => {
  const { bot } = await aBot(['chat:read'], 'Robot des astreintes');
  const { people } = await other.call(listPeople, { q: 'astreintes' });
  expect(people).toMatchObject([{ id: bot.id, bot: true, sponsor: { name: 'Odile' } }]);
});

test('the number of bots and tokens, and how far an end may lie, have limits', async () => {
  const many = await at.house.person();
  const made = await Promise.allSettled(
    Array.from({ length: botListSizeMax + 3 }, (_, nr) => many.call(createBot, { name: `Robot ${nr}` })),
  );
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(botListSizeMax);
  const { bots } = await many.call(listBots, {});
  const id = bots[0]?.id as string;
  for (let nr = 0; nr < botTokenListSizeMax; nr += 1)
    await many.call(createBotToken, { id, name: `jeton ${nr}`, scopes: ['chat:read'] });
  const more = { id, name: 'de trop', scopes: ['chat:read' as const] };
  await expect(many.call(createBotToken, more)).rejects.toMatchObject({ code: 'too-many-tokens' });
  const far = {
    id: bots[1]?.id as string,
    name: 'x',
    scopes: ['chat:read' as const],
    expiresAt: '2099-01-01T00:00:00Z',
  };
  await expect(many.call(createBotToken, far)).rejects.toMatchObject({ code: 'bad-input' });
});

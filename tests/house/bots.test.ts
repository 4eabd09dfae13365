import { createBot, createBotToken } from '@parvis/contract/bot';
import { type Operation, type Scope, scopes } from '@parvis/contract/operation';
import { share } from '@parvis/contract/sharing';
import { uploadsPath } from '@parvis/contract/drive';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { expectRefusal, goodInput, namedOperations, send } from './asking.ts';
import { aWholeHouse, type Things, thingsOf, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let owner: Visitor;
let things: Things;
let botId: string;
/** A bot that may edit all of a space, with a token for everything, and one for each scope alone. */
let everything: Pick<Visitor, 'fetch'>;
const only = new Map<Scope, Pick<Visitor, 'fetch'>>();

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person();
  const administrator = await whole.person({ administrator: true });
  things = await thingsOf(whole, owner, administrator);
  botId = (await owner.call(createBot, { name: 'Robot' })).id;
  await owner.call(share, { id: things.space, subjectKind: 'person', subjectId: botId, role: 'editor' });
  everything = await withToken([...scopes]);
  for (const scope of scopes) only.set(scope, await withToken([scope]));
});
afterAll(() => whole?.stop());

async function withToken(wanted: Scope[]): Promise<Pick<Visitor, 'fetch'>> {
  const { token } = await owner.call(createBotToken, { id: botId, name: wanted.join(' '), scopes: wanted });
  return {
    fetch: (path, init) =>
      fetch(`${whole.gateway.url}${path}`, {
        redirect: 'manual',
        ...init,
        headers: {
          ...(init?.headers as Record<string, string> | undefined),
          authorization: `Bearer ${token}`,
        },
      }),
  };
}

const withScope = namedOperations.filter(([, { scope }]) => scope !== undefined);
const without = namedOperations.filter(([, { scope, who }]) => scope === undefined && who !== 'anyone');

test.each(without)('%s is refused to a bot with every scope', async (name, op) => {
  await expectRefusal(await send(everything, op, goodInput(name, op, things)), 403, 'scope-missing');
});

test.each(withScope)('%s is refused to a bot with every scope but the one it names', async (name, op) => {
  for (const [scope, by] of only) {
    const answer = await send(by, op, goodInput(name, op, things));
    if (scope === op.scope)
      expect(((await answer.json()) as { code?: string }).code).not.toBe('scope-missing');
    else await expectRefusal(answer, 403, 'scope-missing');
  }
});

test('what anybody may ask, a bot asks as nobody: its rights open nothing', async () => {
  const open = namedOperations.filter(([, { who, scope }]) => who === 'anyone' && scope === undefined);
  expect(open.length).toBeGreaterThan(3);
  const nobody: Pick<Visitor, 'fetch'> = {
    fetch: (path, init) => fetch(`${whole.gateway.url}${path}`, { redirect: 'manual', ...init }),
  };
  const asked = async (by: Pick<Visitor, 'fetch'>, name: string, op: Operation) => {
    const answer = await send(by, op, goodInput(name, op, things));
    const { code } = (await answer.json()) as { code?: string };
    return [name, answer.status, code];
  };
  for (const [name, op] of open)
    expect(await asked(everything, name, op)).toEqual(await asked(nobody, name, op));
});

test('scopes give no rights: what its owner sees and the bot was not given does not exist', async () => {
  const administrator = await whole.person({ administrator: true });
  const closed = await thingsOf(whole, owner, administrator);
  for (const [name, op] of withScope) {
    if (!('id' in op.input.shape) || name === 'getPerson') continue;
    await expectRefusal(await send(everything, op, goodInput(name, op, closed)), 404, 'not-found');
  }
});

test('uploads, sockets and pages outside the contract are closed to bots', async () => {
  const upload = await everything.fetch(uploadsPath, {
    method: 'POST',
    headers: { 'tus-resumable': '1.0.0' },
  });
  await expectRefusal(upload, 403, 'scope-missing');
  const { token } = await owner.call(createBotToken, { id: botId, name: 'x', scopes: [...scopes] });
  for (const path of ['/ws/chat', `/ws/docs/${things.document}`]) {
    const socket = new WebSocket(`${whole.gateway.url.replace('http', 'ws')}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await new Promise((resolve) => socket.once('close', (code) => resolve(code)))).toBe(4403);
  }
});

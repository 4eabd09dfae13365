import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Conversion, importsPath } from '@parvis/contract/doc-conversion';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';

let house: House;
let owner: Visitor;
let spaceId: string;
let child: ChildProcess | undefined;
let after: Served | undefined;

beforeAll(async () => {
  house = await aHouse([docs]);
  owner = await house.person();
  spaceId = (await house.space({ owner })).uid;
  // Only the process that is killed takes the job at first.
  await house.served('docs').close();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await after?.close();
  await house?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function aProcess(port: number): Promise<ChildProcess> {
  const path = fileURLToPath(new URL('../testing/run-service.ts', import.meta.url));
  const made = spawn(process.execPath, [path], {
    env: { ...process.env, ...house.env, DOCS_PORT: String(port) },
    stdio: 'ignore',
  });
  for (let look = 0; look < 300; look += 1) {
    if ((await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null))?.ok) return made;
    await pause(100);
  }
  throw new Error('the service does not come up');
}

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await house.db.query<{ state: string }>('select state from docs.conversion where id = $1', [
    id,
  ]);
  return row?.state;
}

async function until(id: string, state: string, looksMax: number): Promise<void> {
  for (let look = 0; look < looksMax; look += 1) {
    if ((await stateOf(id)) === state) return;
    await pause(50);
  }
  throw new Error(`not ${state} but ${await stateOf(id)}`);
}

test('kill -9 in the middle of an import: another process makes the document, once', {
  timeout: 150_000,
}, async () => {
  const port = await freePort();
  child = await aProcess(port);
  const query = new URLSearchParams({ parentId: spaceId, name: 'Long.md' });
  const answer = await fetch(`http://127.0.0.1:${port}${importsPath}?${query}`, {
    method: 'POST',
    headers: { cookie: owner.cookie, 'content-type': 'application/octet-stream' },
    body: 'Un paragraphe *de plus*.\n\n'.repeat(20_000),
  });
  expect(answer.status).toBe(200);
  const { id } = (await answer.json()) as Conversion;
  await until(id, 'running', 200);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await stateOf(id)).toBe('running');
  after = await house.another(docs);
  await until(id, 'done', 2_400);
  const made = await house.db.query(
    "select uid from access.resource where kind = 'document' and title = 'Long'",
  );
  expect(made).toHaveLength(1);
});

import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { call } from './call.ts';
import { ChatHearing, chatHearings, getChannel } from './chat.ts';
import { ThingsChanged } from './doc-list.ts';
import { everyOperation } from './every-operation.ts';
import { heard } from './hearing.ts';
import { MeetHearing } from './meet-lobby.ts';
import { NotifyHearing } from './notify.ts';
import type { Operation } from './operation.ts';
import { importsOf, needingZod, withoutShapes } from './without-shapes.ts';

const files = readdirSync(new URL('.', import.meta.url)).filter((file) => /^[a-z-]+\.ts$/.test(file));
const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

test('in the browser every operation keeps its verb and its path, and nothing that needs zod', async () => {
  const texts = new Map(files.map((file) => [file, read(file)]));
  const needing = needingZod(texts);
  const seen: Record<string, unknown> = {};
  for (const file of needing)
    Object.assign(
      seen,
      withoutShapes((await import(new URL(file, import.meta.url).href)) as Record<string, unknown>),
    );
  expect(Object.keys(everyOperation).length).toBeGreaterThan(100);
  for (const [name, { verb, path }] of Object.entries(everyOperation))
    expect(seen[name], name).toEqual({ verb, path });
  expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
  expect(seen).not.toHaveProperty('Id');
});

test('what calls, refuses and limits is the same in the browser', () => {
  const needing = needingZod(new Map(files.map((file) => [file, read(file)])));
  for (const file of ['call.ts', 'refusal.ts', 'operation.ts', 'limits.ts', 'hearing.ts', 'content-path.ts'])
    expect(needing.has(file), file).toBe(false);
  expect(needing.has('chat.ts')).toBe(true);
});

test('what services answer and say on sockets is used as it arrives: reading it by its shape would change nothing', () => {
  const said = (shape: z.ZodType, io: 'input' | 'output') =>
    JSON.stringify(z.toJSONSchema(shape, { io })).replaceAll(/,?"additionalProperties":false/g, '');
  const outputs = Object.entries(everyOperation).map(([name, { output }]) => [name, output] as const);
  for (const [name, shape] of [
    ...outputs,
    ['ChatHearing', ChatHearing] as const,
    ['MeetHearing', MeetHearing] as const,
    ['NotifyHearing', NotifyHearing] as const,
    ['ThingsChanged', ThingsChanged] as const,
  ])
    expect(said(shape, 'input') === said(shape, 'output'), name).toBe(true);
});

test('what a page does not know of a socket it does not hear', () => {
  expect(chatHearings).toContain('entries');
  expect(heard(chatHearings, '{"t":"pong"}')).toEqual({ t: 'pong' });
  for (const text of ['{"t":"news"}', '{}', 'null', '[]', '"pong"'])
    expect(heard(chatHearings, text)).toBeNull();
});

test('imports of types alone are none', () => {
  const text = [
    "import type { A } from './a.ts';",
    "import { type B, type C } from './b.ts';",
    "import { type D, d } from './d.ts';",
    'import {\n  e,\n  type F,\n} from "./e.js";',
    "import * as g from './g.ts';",
    "import './h.css';",
    "export { i } from './i.ts';",
    "export * from './j.ts';",
    "const later = import('./k.ts');",
  ].join('\n');
  expect(importsOf(text)).toEqual(['./d.ts', './e.js', './g.ts', './h.css', './i.ts', './j.ts']);
});

test('a call without shapes answers and refuses as one with them', async () => {
  const answers = [
    [200, { id: 'one' }],
    [403, { type: 'about:blank', title: 'No', status: 403, code: 'not-allowed' }],
    [502, 'a page of a proxy'],
  ] as const;
  let nr = 0;
  const server = createServer((_, answer) => {
    const [status, body] = answers[nr++] ?? answers[0];
    answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const light = withoutShapes({ getChannel }).getChannel as Operation;
  try {
    expect(await call(light, { id: 'one' }, { base })).toEqual({ id: 'one' });
    await expect(call(light, { id: 'one' }, { base })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(call(light, { id: 'one' }, { base })).rejects.toMatchObject({ code: 'unavailable' });
  } finally {
    server.close();
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { everyOperation } from './every-operation.ts';
import { narrowings, type Released } from './narrowing.ts';
import { type Operation, operation } from './operation.ts';
import { releasedOf } from './released.ts';

const folder = new URL('../released/', import.meta.url);
const releases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));

test('clients of the last release find everything that they know', () => {
  const last = releases.at(-1);
  expect(last).toBeDefined();
  const released = JSON.parse(readFileSync(new URL(last as string, folder), 'utf8')) as Released;
  expect(Object.keys(released).length).toBeGreaterThan(0);
  expect(narrowings(released, releasedOf(everyOperation))).toEqual([]);
});

type Change = Partial<{ input: z.ZodObject; output: z.ZodType; who: Operation['who'] }>;
const person = z.object({ id: z.uuid(), name: z.string().nullable(), kind: z.enum(['member', 'guest']) });
const input = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  role: z.enum(['reader', 'editor']).optional(),
  tags: z.array(z.string().max(10)).max(5).optional(),
  target: z.union([z.uuid(), z.literal('all')]).optional(),
});
const output = z.object({
  person,
  people: z.array(person),
  next: z.string().optional(),
  event: z.discriminatedUnion('t', [
    z.object({ t: z.literal('a'), n: z.int() }),
    z.object({ t: z.literal('b') }),
  ]),
});
function planted(
  change: Change = {},
  verb: Operation['verb'] = 'POST',
  path: `/api/${string}` = '/api/x/:id',
): Released {
  return releasedOf({ ask: operation(verb, path, { who: 'member', summary: '', input, output, ...change }) });
}
const found = (change: Change) => narrowings(planted(), planted(change));

describe('a planted narrowing is found', () => {
  test('an operation that is gone, or lives elsewhere', () => {
    expect(narrowings(planted(), {})).toEqual(['ask: the operation is gone']);
    expect(narrowings(planted(), planted({}, 'PUT'))).toEqual(['ask: the verb was POST and is PUT']);
    expect(narrowings(planted(), planted({}, 'POST', '/api/y/:id'))).toHaveLength(1);
  });
  test('fewer people may ask', () => {
    expect(found({ who: 'administrator' })).toEqual(['ask: was for member and is for administrator']);
  });
  test.each<[string, Change]>([
    ['input.more', { input: input.extend({ more: z.string() }) }],
    ['input.role', { input: input.required({ role: true }) }],
    ['input.name', { input: input.omit({ name: true }) }],
    ['input.name', { input: input.extend({ name: z.string().max(100).min(1) }) }],
    ['input.name', { input: input.extend({ name: z.string().max(200).min(2) }) }],
    ['input.name', { input: input.extend({ name: z.string().max(200).min(1).regex(/^a/) }) }],
    ['input.name', { input: input.extend({ name: z.uuid() }) }],
    ['input.limit', { input: input.extend({ limit: z.coerce.number().int().min(1).max(50) }) }],
    ['input.role', { input: input.extend({ role: z.enum(['reader']).optional() }) }],
    ['input.role', { input: input.extend({ role: z.literal('reader').optional() }) }],
    ['input.tags', { input: input.extend({ tags: z.array(z.string().max(10)).max(4).optional() }) }],
    ['input.tags[]', { input: input.extend({ tags: z.array(z.string().max(9)).max(5).optional() }) }],
    ['input.target', { input: input.extend({ target: z.uuid().optional() }) }],
    ['output.person', { output: output.omit({ person: true }) }],
    ['output.person', { output: output.partial({ person: true }) }],
    ['output.next', { output: output.omit({ next: true }) }],
    ['output.next', { output: output.extend({ next: z.string().nullable() }) }],
    ['output.person.id', { output: output.extend({ person: person.extend({ id: z.string() }) }) }],
    ['output.person.id', { output: output.extend({ person: person.extend({ id: z.int() }) }) }],
    [
      'output.person.kind',
      { output: output.extend({ person: person.extend({ kind: z.enum(['member', 'guest', 'robot']) }) }) },
    ],
    ['output.people[].name', { output: output.extend({ people: z.array(person.omit({ name: true })) }) }],
    ['output.people', { output: output.extend({ people: z.array(person).nullable() }) }],
    ['output.event', { output: output.extend({ event: z.object({ t: z.literal('c') }) }) }],
    ['output', { output: z.array(output) }],
  ])('%s (%#)', (place, change) => {
    const lines = found(change);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).toContain(`ask: ${place}`);
  });
});

describe('what takes nothing away is no narrowing', () => {
  test.each<[string, Change]>([
    ['nothing changed', {}],
    ['more people may ask', { who: 'signed-in' }],
    [
      'a new field that may be left out',
      { input: input.extend({ more: z.string().optional(), some: z.int().default(1) }) },
    ],
    ['a required field may now be left out', { input: input.partial({ name: true }) }],
    [
      'longer, more, null, and one choice more',
      {
        input: input.extend({
          name: z.string().max(300).nullable(),
          limit: z.coerce.number().min(0).max(500).default(1),
          role: z.enum(['reader', 'editor', 'owner']).optional(),
          target: z.string().optional(),
        }),
      },
    ],
    [
      'the answer tells more',
      { output: output.extend({ more: z.string(), person: person.extend({ age: z.int() }) }) },
    ],
    [
      'the answer is narrower',
      {
        output: output.extend({
          next: z.literal('x'),
          person: person.extend({ name: z.string(), kind: z.literal('member') }),
        }),
      },
    ],
  ])('%s', (_, change) => {
    expect(found(change)).toEqual([]);
  });
  test('a new operation', () => {
    expect(narrowings({}, planted())).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { everyOperation } from '@parvis/contract/every-operation';
import { type Operation, pathParameters } from '@parvis/contract/operation';
import { Problem } from '@parvis/contract/problem';
import type { Visitor } from '@parvis/testing/house';
import { expect } from 'vitest';
import { z } from 'zod';
import { examplesOf, ownExamples } from './examples.ts';
import { type Kind, kindOfId } from './kinds.ts';
import type { Things } from './whole-house.ts';

/** Fields that say where something goes, and the kind of thing that they name. */
export const placeFields: Record<string, Kind> = {
  spaceId: 'space',
  parentId: 'folder',
  channelId: 'channel',
};

const operations = Object.entries(everyOperation);

/** Operations by name, for `test.each`. */
export const namedOperations = operations as [string, Operation][];

/** What a person with good intentions would send; one field at a time is replaced by the tests. */
export function goodInput(name: string, op: Operation, things: Things): Record<string, unknown> {
  const kind = kindOfId[name];
  const values: Record<string, unknown> = {
    ...(kind === undefined ? {} : { id: kind === 'session' ? randomUUID() : things[kind] }),
    ...examplesOf(things),
    ...ownExamples[name],
  };
  return Object.fromEntries(
    Object.keys(op.input.shape).flatMap((key) => (key in values ? [[key, values[key]]] : [])),
  );
}

type JsonSchema = { type?: string; format?: string; enum?: unknown; anyOf?: JsonSchema[]; const?: unknown };

/** Fields of an operation that take text, ids and choices among them. */
export function textFields(op: Operation): string[] {
  const { properties = {} } = z.toJSONSchema(op.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonSchema>;
  };
  const takesText = (one: JsonSchema): boolean => one.type === 'string' || (one.anyOf ?? []).some(takesText);
  return Object.entries(properties).flatMap(([key, schema]) => (takesText(schema) ? [key] : []));
}

/** Sends an input as it is, however wrong, where the operation would have it. */
export function send(
  by: Pick<Visitor, 'fetch'>,
  op: Operation,
  input: Record<string, unknown>,
  init: RequestInit = {},
): Promise<Response> {
  const rest = { ...input };
  let path: string = op.path;
  for (const name of pathParameters(op.path)) {
    path = path.replace(`:${name}`, () => encoded(rest[name]));
    delete rest[name];
  }
  if (op.verb === 'GET' || op.verb === 'DELETE') {
    const query = Object.entries(rest)
      .flatMap(([key, value]) =>
        (Array.isArray(value) ? value : [value]).map((one) => `${key}=${encoded(one)}`),
      )
      .join('&');
    return by.fetch(query ? `${path}?${query}` : path, { method: op.verb, ...init });
  }
  return by.fetch(path, {
    method: op.verb,
    body: JSON.stringify(rest),
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  });
}

function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent(text.toWellFormed());
}

const sentences = JSON.parse(
  readFileSync(new URL('../../apps/portal/src/problems/messages.fr.json', import.meta.url), 'utf8'),
) as Record<string, string>;

/** A refusal is a problem with a code, and fields, that people have a sentence for; never a fault of ours. */
export async function expectRefusal(answer: Response, status?: number, code?: string): Promise<Problem> {
  const text = await answer.text();
  expect(answer.headers.get('content-type'), text).toMatch(/^application\/problem\+json/);
  const problem = Problem.parse(JSON.parse(text));
  expect(problem.status).toBe(answer.status);
  expect(answer.status, text).toBeGreaterThanOrEqual(400);
  expect(answer.status, text).not.toBe(500);
  expect(Object.keys(sentences)).toContain(problem.code);
  for (const field of problem.fields ?? []) expect(Object.keys(sentences)).toContain(`field-${field.code}`);
  if (status !== undefined) expect(answer.status, text).toBe(status);
  if (code !== undefined) expect(problem.code).toBe(code);
  return problem;
}

/** Milliseconds that a refusal may take; the gateway waits for headers longer than that. */
const answerMsMax = 30_000;

interface Heard {
  readonly status: number;
  readonly text: string;
  /** How many answers came on the connection. */
  readonly answers: number;
}

/** Writes bytes to a server as they are, and hears what comes until the connection ends. */
export function raw(url: string, ...parts: (string | Buffer)[]): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    const timer = setTimeout(() => socket.destroy(), answerMsMax);
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)];
      resolve({ status: Number(statuses[0]?.[1] ?? 0), text, answers: statuses.length });
    });
    for (const part of parts) socket.write(part);
  });
}

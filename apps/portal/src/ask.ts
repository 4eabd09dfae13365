import 'server-only';
import { call } from '@parvis/contract/call';
import { getMe, type Me } from '@parvis/contract/directory';
import type { GivenTo, Operation, OutputOf } from '@parvis/contract/operation';
import { Refusal } from '@parvis/contract/refusal';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';

/** False while `npm run dev` compiles each page as it is asked for. */
export const inProduction = process.env.NODE_ENV === 'production';

/** Addresses of the services inside the house: one origin (the gateway) unless each is given. */
function baseOf(path: string): string {
  const name = /^\/api\/([a-z]+)/.exec(path)?.[1] ?? '';
  const services = JSON.parse(process.env.PARVIS_SERVICES ?? '{}') as Record<string, string>;
  const base = services[name];
  if (!base) throw new Error(`PARVIS_SERVICES does not name the service ${name}`);
  return base;
}

/**
 * Once per page for the same operation and input (as JSON): a layout, its page and its title may all ask for the space,
 * and it is fetched, parsed and checked one time.
 */
const askOnce = cache(async (op: Operation, input: string): Promise<unknown> => {
  const incoming = await headers();
  const passed: Record<string, string> = {};
  for (const name of ['cookie', 'x-request-id', 'x-forwarded-for', 'traceparent']) {
    const value = incoming.get(name);
    if (value !== null) passed[name] = value;
  }
  return call(op, JSON.parse(input), { base: baseOf(op.path), headers: passed });
});

/** Calls a service for the person whose page is being rendered. @throws Refusal */
export function ask<T extends Operation>(op: T, input: GivenTo<T>): Promise<OutputOf<T>> {
  return askOnce(op, JSON.stringify(input)) as Promise<OutputOf<T>>;
}

/** Like {@link ask}, for the thing that the page is about: a refusal leads to sign-in or to "not found". */
export async function askOrLeave<T extends Operation>(op: T, input: GivenTo<T>): Promise<OutputOf<T>> {
  try {
    return await ask(op, input);
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 401) redirect('/sign-in');
    if (error instanceof Refusal && [400, 403, 404].includes(error.problem.status)) notFound();
    throw error;
  }
}

/** The person of this request, asked once per page; leads to sign-in when there is none. */
export const me = cache(async (): Promise<Me> => {
  const incoming = await headers();
  try {
    return await ask(getMe, {});
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 401) {
      redirect(`/sign-in?to=${encodeURIComponent(incoming.get('x-parvis-path') ?? '/')}`);
    }
    throw error;
  }
});

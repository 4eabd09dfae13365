import { abilities } from '@parvis/access/roles';
import type { Resource } from '@parvis/contract/shape';
import type { Caller } from './caller.ts';
import { Refused } from './refused.ts';

/**
 * For operations that a public link opens to people without an account: they come by a link or not at all.
 * @throws Refused `no-session`
 */
export function bySessionOrLink(caller: Caller | null, link: string | undefined): void {
  if (caller === null && link === undefined) throw Refused.noSession();
}

/** A thing as somebody without an account sees it: to read, and naming neither people nor the place it lies in. */
export function asVisitorSees<T extends Resource>(thing: T): T {
  return {
    ...thing,
    spaceId: null,
    parentId: null,
    owner: null,
    role: 'reader',
    abilities: abilities('reader'),
  };
}

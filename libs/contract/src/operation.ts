import type { z } from 'zod';

/**
 * Who may call an operation at all. Whether the person may touch the thing named in the
 * input is asked afterwards, by loading it.
 * - `anyone`: no session needed
 * - `signed-in`: members and guests
 * - `member`: staff, not guests
 * - `administrator`: members who run the site
 */
export type Who = 'anyone' | 'signed-in' | 'member' | 'administrator';

/**
 * What a bot's token may be for. An operation that names none of them is not for bots at all; people's sessions and
 * tokens are not narrowed.
 */
export const scopes = [
  'people:read',
  'channels:read',
  'channels:write',
  'chat:read',
  'chat:write',
  'reactions:write',
] as const;
export type Scope = (typeof scopes)[number];

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One thing that can be asked of a service, as a value that both sides import. */
export interface Operation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  readonly verb: Verb;
  /** Path on the one origin, with `:name` parameters, for example `/api/chat/channels/:id`. */
  readonly path: `/api/${string}`;
  readonly who: Who;
  /** What the token of a bot must be for; absent where bots may not call. */
  readonly scope?: Scope;
  readonly summary: string;
  /** Path parameters, query (GET, DELETE) and body (other verbs) merged; the path wins. */
  readonly input: I;
  readonly output: O;
}

/** What a service receives after the input was checked. */
export type InputOf<T extends Operation> = z.output<T['input']>;
/** What a caller may give: defaults may be left out. */
export type GivenTo<T extends Operation> = z.input<T['input']>;
export type OutputOf<T extends Operation> = z.output<T['output']>;

export function operation<I extends z.ZodObject, O extends z.ZodType>(
  verb: Verb,
  path: `/api/${string}`,
  rest: { who: Who; scope?: Scope; summary: string; input: I; output: O },
): Operation<I, O> {
  return { verb, path, ...rest };
}

/** The names of the `:parameters` in a path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1] as string);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { House } from './house.ts';
import type { Person } from './people.ts';
import { answerJson, BadRequest, jsonOf } from './requests.ts';

const listMax = 100;
const nameLengthMax = 255;

const text = z.string().max(nameLengthMax);
const Attributes = z.record(z.string().max(nameLengthMax), z.array(z.string().max(2048)).max(20));
const NewPerson = z.object({
  username: text.min(1),
  email: z.email().max(nameLengthMax).optional(),
  emailVerified: z.boolean().optional(),
  firstName: text.optional(),
  lastName: text.optional(),
  enabled: z.boolean().optional(),
  attributes: Attributes.optional(),
  groups: z.array(text).max(50).optional(),
  requiredActions: z.array(text).max(20).optional(),
});
const Changes = NewPerson.omit({ groups: true }).partial();
const NewPassword = z.object({
  type: z.literal('password'),
  value: z.string().min(1).max(1024),
  temporary: z.boolean().default(false),
});

/**
 * The part of Keycloak's admin API that the directory service uses for guests, at the same addresses, with the same
 * answers. Bearer tokens of a service account with `manage-users` or, to look only, `view-users`.
 */
export async function admin(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const claims = house.tokens.ofBearer(request.headers.authorization);
  if (!claims) {
    answerJson(response, 401, { error: 'HTTP 401 Unauthorized' });
    return;
  }
  const roles = claims.resource_access?.['realm-management']?.roles ?? [];
  const needed = request.method === 'GET' ? ['view-users', 'manage-users'] : ['manage-users'];
  if (!needed.some((role) => roles.includes(role))) {
    answerJson(response, 403, { error: 'HTTP 403 Forbidden' });
    return;
  }
  const [, id, action] = /\/users(?:\/([^/]+)(?:\/([a-z-]+))?)?$/.exec(url.pathname) ?? [];
  if (id === undefined) await onPeople(house, request, response, url);
  else await onPerson(house, request, response, decodeURIComponent(id), action);
}

async function onPeople(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.method === 'GET') {
    answerJson(
      response,
      200,
      found(house, url.searchParams).map((one) => presented(one)),
    );
    return;
  }
  if (request.method !== 'POST') throw new BadRequest(405, 'method not allowed');
  const wanted = checked(NewPerson, await jsonOf(request));
  const unknown = wanted.groups?.find((path) => !house.realm.groups.some((group) => group.path === path));
  if (unknown !== undefined) throw new BadRequest(404, 'unable to find group specified by path');
  const created = house.people.create(wanted);
  if (!created) {
    answerJson(response, 409, { errorMessage: 'User exists with same username or email' });
    return;
  }
  response.setHeader('location', `${new URL(house.issuer).origin}${url.pathname}/${created.id}`);
  answerJson(response, 201);
}

/** Keycloak's filters that the directory uses: email, username, exact, first, max. */
function found(house: House, query: URLSearchParams): Person[] {
  const name = query.get('email') ?? query.get('username');
  if (name !== null) {
    const person = house.people.byName(name);
    const field = query.has('email') ? person?.email : person?.username;
    return person && field === name.trim().toLowerCase() ? [person] : [];
  }
  const count = Number(query.get('max') ?? listMax);
  return house.people.list(
    Math.max(Number(query.get('first') ?? 0) || 0, 0),
    Math.min(count || listMax, listMax),
  );
}

async function onPerson(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  action: string | undefined,
): Promise<void> {
  const person = house.people.byId(id);
  if (!person) {
    answerJson(response, 404, { error: 'User not found' });
    return;
  }
  const wanted = `${request.method} ${action ?? ''}`.trim();
  if (wanted === 'GET') {
    answerJson(response, 200, presented(person));
    return;
  }
  if (wanted === 'PUT') await change(house, person, await jsonOf(request));
  else if (wanted === 'PUT reset-password') await resetPassword(house, person, await jsonOf(request));
  else if (wanted === 'POST logout') await house.sessions.endAllOf(person.id);
  else if (wanted === 'DELETE') {
    house.people.remove(person.id);
    await house.sessions.endAllOf(person.id);
  } else throw new BadRequest(405, 'method not allowed');
  answerJson(response, 204);
}

async function change(house: House, person: Person, raw: unknown): Promise<void> {
  const changes = checked(Changes, raw);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (!house.people.change(person, given))
    throw new BadRequest(409, 'User exists with same username or email');
  if (changes.enabled === false) await house.sessions.endAllOf(person.id);
}

async function resetPassword(house: House, person: Person, raw: unknown): Promise<void> {
  const { value, temporary } = checked(NewPassword, raw);
  const problem = house.people.passwordProblem(person, value);
  if (problem) throw new BadRequest(400, `invalidPassword: ${problem}`);
  await house.people.setPassword(person, value, temporary);
}

function checked<T extends z.ZodType>(shape: T, raw: unknown): z.output<T> {
  const parsed = shape.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadRequest(400, `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}

function presented({ groups: _groups, realmRoles: _roles, ...person }: Person) {
  return { ...person, email: person.email ?? undefined, totp: false };
}

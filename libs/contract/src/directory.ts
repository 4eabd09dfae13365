import { z } from 'zod';
import { operation } from './operation.ts';
import {
  ByIdInput,
  Done,
  Id,
  Instant,
  Line,
  LineOrNothing,
  Locale,
  Name,
  Nothing,
  PageInput,
  Person,
  Resource,
  ResourceKind,
  Role,
  SearchText,
} from './shape.ts';

/** Codes that the directory's operations may refuse with, besides the common ones. */
export const directoryCodes = [
  'last-owner',
  'cycle',
  'too-deep',
  'already-there',
  'guest-end-date',
  'identity-unavailable',
  'guest-not-allowed',
  'expired-link',
  'wrong-kind',
  'member-by-group',
  'unknown-subject',
  'role-too-high',
  'ends-in-past',
  'group-cycle',
  'name-taken',
  'parent-missing',
  'parent-in-trash',
  'not-in-trash',
  'bad-cursor',
] as const;

/** What `/sign-in?problem=` may say after a sign-in that did not succeed. */
export const signInProblems = [
  'login-expired',
  'login-refused',
  'identity-unavailable',
  'not-invited',
  'access-ended',
  'account-changed',
  'internal',
] as const;

export const Theme = z.enum(['system', 'light', 'dark', 'contrast']);

export const Me = z.object({
  person: Person,
  email: z.string(),
  locale: Locale,
  theme: Theme,
  administrator: z.boolean(),
  sessionExpiresAt: Instant,
});
export type Me = z.infer<typeof Me>;

export const getMe = operation('GET', '/api/directory/me', {
  who: 'signed-in',
  summary: 'The person who asks, and their preferences',
  input: Nothing,
  output: Me,
});
export const setPreferences = operation('PATCH', '/api/directory/me', {
  who: 'signed-in',
  summary: 'Change language or theme',
  input: z.object({ locale: Locale.optional(), theme: Theme.optional() }),
  output: Me,
});

export const Session = z.object({
  id: z.string(),
  current: z.boolean(),
  /** Brand names, for example `Firefox · Linux`; empty when unknown. */
  browser: z.string(),
  createdAt: Instant,
  seenAt: Instant,
});
export const listSessions = operation('GET', '/api/directory/sessions', {
  who: 'signed-in',
  summary: 'Where I am signed in',
  input: Nothing,
  output: z.object({ sessions: z.array(Session) }),
});
export const endSession = operation('DELETE', '/api/directory/sessions/:id', {
  who: 'signed-in',
  summary: 'Sign out one of my sessions',
  input: z.object({ id: z.string().max(100) }),
  output: Done,
});

export const PersonCard = Person.extend({
  email: z.string(),
  sponsor: Person.nullable(),
  endsAt: Instant.nullable(),
});
export const listPeople = operation('GET', '/api/directory/people', {
  who: 'member',
  summary: 'The people of the house, by name',
  input: PageInput.extend({ q: SearchText.optional(), after: z.string().max(300).optional() }),
  output: z.object({ people: z.array(PersonCard), next: z.string().nullable() }),
});
export const getPerson = operation('GET', '/api/directory/people/:id', {
  who: 'signed-in',
  scope: 'people:read',
  summary: 'One person whom I may know',
  input: ByIdInput,
  output: PersonCard,
});

export const Group = z.object({ id: Id, name: z.string(), memberCount: z.int() });
export const listGroups = operation('GET', '/api/directory/groups', {
  who: 'member',
  summary: 'Groups of people',
  input: Nothing,
  output: z.object({ groups: z.array(Group) }),
});
export const createGroup = operation('POST', '/api/directory/groups', {
  who: 'administrator',
  summary: 'Create a group',
  input: z.object({ name: Name }),
  output: Group,
});
/** A person, or another group, that is directly in a group. */
export const GroupMember = z.object({ id: Id, kind: z.enum(['person', 'group']), name: z.string() });
export type GroupMember = z.infer<typeof GroupMember>;
export const listGroupMembers = operation('GET', '/api/directory/groups/:id/members', {
  who: 'administrator',
  summary: 'Who is directly in a group: people and other groups, by name',
  input: ByIdInput,
  output: z.object({ members: z.array(GroupMember) }),
});
export const addToGroup = operation('PUT', '/api/directory/groups/:id/members/:memberId', {
  who: 'administrator',
  summary: 'Put a person or a group into a group',
  input: z.object({ id: Id, memberId: Id }),
  output: Done,
});
export const removeFromGroup = operation('DELETE', '/api/directory/groups/:id/members/:memberId', {
  who: 'administrator',
  summary: 'Take a person or a group out of a group',
  input: z.object({ id: Id, memberId: Id }),
  output: Done,
});

export const Space = Resource.extend({
  kind: z.literal('space'),
  description: z.string(),
  memberCount: z.int(),
});
export type Space = z.infer<typeof Space>;
export const listSpaces = operation('GET', '/api/directory/spaces', {
  who: 'signed-in',
  scope: 'channels:read',
  summary: 'The spaces I am in',
  input: Nothing,
  output: z.object({ spaces: z.array(Space) }),
});
export const createSpace = operation('POST', '/api/directory/spaces', {
  who: 'member',
  summary: 'Open a space; its first channel comes with it',
  input: z.object({ name: Name, description: LineOrNothing }),
  output: Space,
});
export const getSpace = operation('GET', '/api/directory/spaces/:id', {
  who: 'signed-in',
  scope: 'channels:read',
  summary: 'One space',
  input: ByIdInput,
  output: Space,
});

export const Member = z.object({
  person: Person,
  role: Role,
  expiresAt: Instant.nullable(),
  byGroup: z.string().nullable(),
});
export const listMembers = operation('GET', '/api/directory/spaces/:id/members', {
  who: 'signed-in',
  summary: 'The people of a space',
  input: ByIdInput,
  output: z.object({ members: z.array(Member) }),
});
export const inviteToSpace = operation('POST', '/api/directory/spaces/:id/members', {
  who: 'member',
  summary: 'Invite a person to a space, or change their role',
  input: z.object({ id: Id, personId: Id, role: Role.exclude(['owner']).default('editor') }),
  output: Member,
});
export const removeFromSpace = operation('DELETE', '/api/directory/spaces/:id/members/:personId', {
  who: 'signed-in',
  summary: 'Remove a person from a space, or leave it',
  input: z.object({ id: Id, personId: Id }),
  output: Done,
});
export const inviteGuest = operation('POST', '/api/directory/spaces/:id/guests', {
  who: 'member',
  summary: 'Invite somebody from outside, with a sponsor (the caller) and an end date',
  input: z.object({
    id: Id,
    email: z.email({ error: 'invalid' }).max(200),
    name: Name,
    organisation: Line,
    endsAt: Instant,
    role: z.enum(['reader', 'commenter', 'editor']).default('commenter'),
  }),
  output: z.object({
    person: PersonCard,
    /** Shown once to the sponsor when no mail server is set; null when the identity provider wrote to the guest. */
    firstPassword: z.string().nullable(),
  }),
});
export const endGuest = operation('DELETE', '/api/directory/guests/:id', {
  who: 'member',
  summary: "End a guest's access now",
  input: ByIdInput,
  output: Done,
});

export const Crumb = z.object({ id: Id, kind: ResourceKind, title: z.string() });
export const getResource = operation('GET', '/api/directory/resources/:id', {
  who: 'signed-in',
  summary: 'A thing, where it lies, and what I may do with it',
  input: ByIdInput.extend({ link: z.string().max(100).optional() }),
  /** `path` leads from the space, or as far up as the caller may see, to what holds the thing; not the thing itself. */
  output: z.object({ resource: Resource, path: z.array(Crumb) }),
});
export const listChildren = operation('GET', '/api/directory/resources/:id/children', {
  who: 'signed-in',
  summary: 'What lies directly below a thing',
  input: PageInput.extend({ id: Id, kind: ResourceKind.optional(), after: z.string().max(300).optional() }),
  output: z.object({ resources: z.array(Resource), next: z.string().nullable() }),
});
export const listRecent = operation('GET', '/api/directory/recent', {
  who: 'signed-in',
  summary: 'The newest of all that I may see',
  input: PageInput.extend({ kind: ResourceKind.optional() }),
  output: z.object({ resources: z.array(Resource) }),
});
export const find = operation('GET', '/api/directory/find', {
  who: 'signed-in',
  summary: 'Things and people by their name, for the quick switcher',
  input: z.object({ q: SearchText, limit: z.coerce.number().int().min(1).max(50).default(12) }),
  output: z.object({ resources: z.array(Resource), people: z.array(Person) }),
});
export const renameResource = operation('PATCH', '/api/directory/resources/:id', {
  who: 'signed-in',
  summary: 'Rename a thing',
  input: z.object({ id: Id, title: Name }),
  output: Resource,
});
export const moveResource = operation('POST', '/api/directory/resources/:id/move', {
  who: 'signed-in',
  summary: 'Move a thing below another',
  input: z.object({ id: Id, parentId: Id }),
  output: Resource,
});
export const trashResource = operation('POST', '/api/directory/resources/:id/trash', {
  who: 'signed-in',
  summary: 'Put a thing in the trash',
  input: ByIdInput,
  output: Done,
});
export const restoreResource = operation('POST', '/api/directory/resources/:id/restore', {
  who: 'signed-in',
  summary: 'Take a thing out of the trash',
  input: ByIdInput,
  output: Resource,
});
export const listTrash = operation('GET', '/api/directory/trash', {
  who: 'signed-in',
  summary: 'What I may take out of the trash',
  input: PageInput,
  output: z.object({ resources: z.array(Resource) }),
});

export type PersonCard = z.infer<typeof PersonCard>;
export type Member = z.infer<typeof Member>;
export type Group = z.infer<typeof Group>;
export type Session = z.infer<typeof Session>;

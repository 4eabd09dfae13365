import { z } from 'zod';
import { Crumb } from './directory.ts';
import { operation } from './operation.ts';
import { linkPasswordLengthMax, linkPasswordLengthMin, linkSecretLengthMax } from './limits.ts';
import { ByIdInput, Id, Instant, Person, ResourceKind, Role } from './shape.ts';

/** Codes of links, besides the directory's. */
export const sharingCodes = ['link-password-needed', 'link-password-wrong', 'too-many-tries'] as const;

export const SubjectKind = z.enum(['person', 'group', 'everyone', 'link']);
/** One line of "who can see this, and why". */
export const Reason = z.object({
  subjectKind: SubjectKind,
  subjectId: Id.nullable(),
  /** Of the person or group; for a link its reach (`members`, `public`); empty for everyone. */
  name: z.string(),
  person: Person.nullable(),
  role: Role,
  /** The thing that carries the grant: this one, or one above it. */
  from: Crumb,
  inherited: z.boolean(),
  expiresAt: Instant.nullable(),
  /** Whether a link asks for a password; false for all other subjects. */
  hasPassword: z.boolean(),
});
export const listReasons = operation('GET', '/api/directory/resources/:id/access', {
  who: 'signed-in',
  summary: 'Who can see this, and why',
  input: ByIdInput,
  output: z.object({ reasons: z.array(Reason) }),
});
export const share = operation('PUT', '/api/directory/resources/:id/access', {
  who: 'member',
  summary: 'Give a person, a group or everyone a role on a thing',
  input: z.object({
    id: Id,
    subjectKind: z.enum(['person', 'group', 'everyone']),
    subjectId: Id.nullable().default(null),
    role: Role,
    expiresAt: Instant.nullable().default(null),
  }),
  output: z.object({ reasons: z.array(Reason) }),
});
export const unshare = operation('DELETE', '/api/directory/resources/:id/access/:subjectKind/:subjectId', {
  who: 'signed-in',
  summary: 'Take a role away again (subjectId is "all" for everyone)',
  input: z.object({ id: Id, subjectKind: SubjectKind, subjectId: z.union([Id, z.literal('all')]) }),
  output: z.object({ reasons: z.array(Reason) }),
});
const LinkRole = z.enum(['reader', 'commenter', 'editor']);
const LinkPassword = z
  .string()
  .min(linkPasswordLengthMin, { error: 'too-short' })
  .max(linkPasswordLengthMax, {
    error: 'too-long',
  });
export const LinkSecret = z.string().min(1).max(linkSecretLengthMax);

export const createLink = operation('POST', '/api/directory/resources/:id/links', {
  who: 'member',
  summary: 'Make a link that opens a thing',
  input: z.object({
    id: Id,
    reach: z.enum(['members', 'public']),
    role: LinkRole.default('reader'),
    expiresAt: Instant.nullable().default(null),
    password: LinkPassword.nullable().default(null),
  }),
  output: z.object({ linkId: Id, secret: z.string(), reasons: z.array(Reason) }),
});
export const changeLink = operation('PATCH', '/api/directory/resources/:id/links/:linkId', {
  who: 'member',
  summary: 'Change what a link allows, its end, or its password (null takes it away; left out it stays)',
  input: z.object({
    id: Id,
    linkId: Id,
    role: LinkRole,
    expiresAt: Instant.nullable(),
    password: LinkPassword.nullable().optional(),
  }),
  output: z.object({ reasons: z.array(Reason) }),
});
/**
 * Follows a link. `key` stands for the link wherever an operation takes `link`: it is the secret itself, or, behind a
 * password, a key that lasts for some hours. Refuses with `link-password-needed`, `link-password-wrong`,
 * `too-many-tries`, `expired-link`, and with `no-session` where the link opens to members only.
 */
export const openLink = operation('POST', '/api/directory/links/open', {
  who: 'anyone',
  summary: 'What a link leads to, given its secret and its password if it has one',
  input: z.object({ secret: LinkSecret, password: z.string().max(linkPasswordLengthMax).optional() }),
  output: z.object({
    resource: z.object({ id: Id, kind: ResourceKind, title: z.string() }),
    key: z.string(),
    role: Role,
  }),
});
export type Reason = z.infer<typeof Reason>;

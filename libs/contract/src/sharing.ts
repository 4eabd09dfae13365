import { z } from 'zod';
import { Crumb } from './directory.ts';
import { operation } from './operation.ts';
import { ByIdInput, Id, Instant, Person, Role } from './shape.ts';

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
export const createLink = operation('POST', '/api/directory/resources/:id/links', {
  who: 'member',
  summary: 'Make a link that opens a thing',
  input: z.object({
    id: Id,
    reach: z.enum(['members', 'public']),
    role: z.enum(['reader', 'commenter', 'editor']).default('reader'),
    expiresAt: Instant.nullable().default(null),
  }),
  output: z.object({ linkId: Id, secret: z.string(), reasons: z.array(Reason) }),
});
export type Reason = z.infer<typeof Reason>;

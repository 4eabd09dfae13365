import { z } from 'zod';
import { lineLengthMax, nameLengthMax, pageSizeDefault, pageSizeMax, queryLengthMax } from './limits.ts';

/**
 * Characters that no name may carry: controls, line breaks, the direction overrides and isolates that let a name
 * disguise itself (Unicode TR36), and halves of characters, which no UTF-8 can keep. The portal isolates names with
 * `bdi`.
 */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is refused
const forbiddenInNames = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

/** A line of text that people read as a name. Surrounding space is dropped. */
export function line(lengthMax: number) {
  return z
    .string()
    .trim()
    .min(1, { error: 'required' })
    .max(lengthMax, { error: 'too-long' })
    .refine((text) => !forbiddenInNames.test(text), { error: 'forbidden-characters' });
}

export const Name = line(nameLengthMax);
export const Line = line(lineLengthMax);
/** A line, or nothing; left out it is nothing. */
export const LineOrNothing = z
  .string()
  .trim()
  .max(lineLengthMax, { error: 'too-long' })
  .refine((text) => !forbiddenInNames.test(text), { error: 'forbidden-characters' })
  .default('');
export const Id = z.uuid({ error: 'invalid' });
export const Instant = z.iso.datetime();
export const Locale = z.enum(['fr', 'en', 'ar']);
export type Locale = z.infer<typeof Locale>;

export const ByIdInput = z.object({ id: Id });
export const Nothing = z.object({});
export const Done = z.object({ done: z.literal(true) });
export const done = { done: true } as const;

export const PageInput = z.object({
  limit: z.coerce.number().int().min(1).max(pageSizeMax).default(pageSizeDefault),
});
export const SearchText = z.string().trim().max(queryLengthMax, { error: 'too-long' });

export const PersonKind = z.enum(['member', 'guest']);
/** A person as everybody in the house sees them. */
export const Person = z.object({
  id: Id,
  name: z.string(),
  kind: PersonKind,
  organisation: z.string().nullable(),
  /** Set for a program, whose `kind` is `guest`: clients that know of no bots take it for what is not staff. */
  bot: z.literal(true).optional(),
});
export type Person = z.infer<typeof Person>;

export const ResourceKind = z.enum(['space', 'channel', 'folder', 'file', 'document', 'meeting']);
export type ResourceKind = z.infer<typeof ResourceKind>;

export const Role = z.enum(['reader', 'commenter', 'editor', 'manager', 'owner']);
export type Role = z.infer<typeof Role>;

/** What the person who asked may do with the thing; the interface never guesses. */
export const Abilities = z.object({
  comment: z.boolean(),
  edit: z.boolean(),
  share: z.boolean(),
  manage: z.boolean(),
  own: z.boolean(),
});
export type Abilities = z.infer<typeof Abilities>;

/** Any thing in the tree: a space, a channel, a folder, a file, a document, a meeting. */
export const Resource = z.object({
  id: Id,
  kind: ResourceKind,
  title: z.string(),
  /** The space it lives in; null for a space itself and for personal things. */
  spaceId: Id.nullable(),
  parentId: Id.nullable(),
  owner: Person.nullable(),
  role: Role,
  abilities: Abilities,
  updatedAt: Instant,
  trashedAt: Instant.nullable(),
});
export type Resource = z.infer<typeof Resource>;

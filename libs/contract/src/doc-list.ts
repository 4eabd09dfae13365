import { z } from 'zod';
import { documentListLengthMax, followedThingsPageMax, copiedTreeSizeMax, pageSizeMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name, PageInput, Resource } from './shape.ts';

export const docListCodes = ['too-many-pages'] as const;

/** A document in a list, as the person who asked sees it. */
export const Listed = Resource.extend({
  kind: z.literal('document'),
  favourite: z.boolean(),
  /** When the person who asked opened it last; null if never. */
  visitedAt: Instant.nullable(),
  /** Title of what it lies in; null when that is not theirs to see. */
  place: z.string().nullable(),
});
export type Listed = z.infer<typeof Listed>;

export const listDocuments = operation('GET', '/api/docs', {
  who: 'signed-in',
  summary: 'Documents of mine: opened lately, favourites in their order, shared with me, or made by me',
  input: PageInput.extend({
    list: z.enum(['recent', 'favourite', 'shared', 'mine']),
    from: z.coerce.number().int().min(0).max(documentListLengthMax).default(0),
  }),
  /** `next` is the `from` of the next page, null on the last. */
  output: z.object({ documents: z.array(Listed).max(pageSizeMax), next: z.int().nullable() }),
});
export const visitDocument = operation('PUT', '/api/docs/:id/visit', {
  who: 'signed-in',
  summary: 'Remember that I opened a document, on all my devices',
  input: ByIdInput,
  output: Done,
});
export const favourDocument = operation('PUT', '/api/docs/:id/favourite', {
  who: 'signed-in',
  summary: 'Make a document one of my favourites, before another of them or at the end',
  input: ByIdInput.extend({ beforeId: Id.optional() }),
  output: Done,
});
export const unfavourDocument = operation('DELETE', '/api/docs/:id/favourite', {
  who: 'signed-in',
  summary: 'Take a document out of my favourites',
  input: ByIdInput,
  output: Done,
});

/** A document in the tree of pages. */
export const Page = Resource.extend({
  kind: z.literal('document'),
  favourite: z.boolean(),
  hasPages: z.boolean(),
});
export type Page = z.infer<typeof Page>;
export const listPages = operation('GET', '/api/docs/:id/pages', {
  who: 'signed-in',
  summary: 'The documents right below a space, a folder or a document, by title',
  input: ByIdInput.extend({ after: z.string().max(4_000).optional() }),
  output: z.object({ pages: z.array(Page).max(pageSizeMax), next: z.string().nullable() }),
});
export const duplicateDocument = operation('POST', '/api/docs/:id/duplicate', {
  who: 'signed-in',
  summary: `Copy a document beside itself, or elsewhere, alone or with the pages below it (at most ${copiedTreeSizeMax})`,
  input: ByIdInput.extend({
    title: Name,
    withPages: z.boolean().default(false),
    /** A space, folder or document; where the document is, unless said otherwise. */
    parentId: Id.optional(),
  }),
  output: Resource,
});

/**
 * `/ws/docs/notices`: what a page shows (documents, and the spaces and folders that list them) may be followed, so that two
 * screens agree without a reload. A notice says only that a thing, or what lies in it, changed: the page asks again.
 */
export const noticesPath = '/ws/docs/notices';
export const FollowThings = z.object({ follow: z.array(Id).max(followedThingsPageMax) });
export const ThingsChanged = z.object({ changed: z.array(Id) });
export type ThingsChanged = z.infer<typeof ThingsChanged>;

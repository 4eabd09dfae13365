import { z } from 'zod';
import {
  anchorBytesMax,
  commentLengthMax,
  mentionablePeopleMax,
  pageSizeDefault,
  pageSizeMax,
  reactionLengthMax,
} from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Person, SearchText } from './shape.ts';

export const docCommentsCodes = [
  'anchor-unknown',
  'anchor-empty',
  'thread-full',
  'too-many-threads',
  'too-many-reactions',
  'comment-id-taken',
] as const;

/** Half of a character: no UTF-8 exists for it. */
const loneSurrogate = /\p{Surrogate}/u;

/** A comment as it is typed. A person is mentioned as `<@uuid>`, wherever the name is to stand. */
export const CommentText = z
  .string()
  .max(commentLengthMax, { error: 'too-long' })
  .refine((text) => text.trim().length > 0, { error: 'required' })
  .refine((text) => !text.includes('\u0000') && !loneSurrogate.test(text), { error: 'forbidden-characters' });

/** The ids of the people that a comment mentions, each once, in the order of the text. */
export function mentionedIn(text: string): string[] {
  return [...new Set([...text.matchAll(/<@([0-9a-f-]{36})>/g)].map(([, id]) => id as string))];
}

const emoji = /^\p{RGI_Emoji}$/v;
export const Emoji = z
  .string()
  .max(reactionLengthMax, { error: 'too-long' })
  .refine((text) => emoji.test(text), { error: 'invalid' });

/** A place in the text as a Yjs relative position, in base64: it stays where it is, whatever others write. */
const Place = z.base64({ error: 'invalid' }).max(anchorBytesMax, { error: 'too-long' });

/** Position in the changes of a document's comments: rises by one with each, given in its transaction. */
const Rev = z.int().min(0);

export const Reaction = z.object({ emoji: z.string(), people: z.array(Person) });
export const Comment = z.object({
  id: Id,
  author: Person,
  /** Empty once it is deleted. */
  body: z.string(),
  /** People whom the text mentions and who may see the document. */
  mentions: z.array(Person),
  at: Instant,
  editedAt: Instant.nullable(),
  deleted: z.boolean(),
  reactions: z.array(Reaction),
  /** The change that brought it: new to a person who has seen the comments up to an earlier one. */
  rev: Rev,
});
export type Comment = z.infer<typeof Comment>;

/** A conversation about a piece of the text, which carries the mark `comment` with this id. */
export const Thread = z.object({
  id: Id,
  /** The words as they were when the conversation began; what is left when the text is gone. */
  quote: z.string(),
  comments: z.array(Comment),
  resolved: z.object({ by: Person, at: Instant }).nullable(),
  /** The last change of anything in it. */
  rev: Rev,
});
export type Thread = z.infer<typeof Thread>;

const InThread = ByIdInput.extend({ threadId: Id });
const OfComment = InThread.extend({ commentId: Id });
const path = '/api/docs/:id/threads' as const;

export const listThreads = operation('GET', path, {
  who: 'signed-in',
  summary:
    'The conversations about a document: all, or what changed after a position; in the order of change',
  input: ByIdInput.extend({
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    limit: z.coerce.number().int().min(1).max(pageSizeMax).default(pageSizeDefault),
  }),
  output: z.object({
    threads: z.array(Thread),
    /** Conversations that were deleted after the position. */
    gone: z.array(Id),
    /** Where to go on, when there is more. */
    next: Rev.nullable(),
    /** Up to here the answer is complete: ask after it for what comes. */
    rev: Rev,
    /** What the person has seen: comments of others above it are new. */
    seen: Rev,
    open: z.int(),
    resolved: z.int(),
  }),
});

const Said = z.object({
  thread: Thread,
  /** People who were mentioned, and not told: they may not see the document. */
  unreached: z.array(Person),
});
export const startThread = operation('POST', path, {
  who: 'signed-in',
  summary: 'Comment on a piece of the text; the same id again gives the same conversation',
  input: ByIdInput.extend({ threadId: Id, start: Place, end: Place, body: CommentText }),
  output: Said,
});
export const reply = operation('POST', `${path}/:threadId/comments`, {
  who: 'signed-in',
  summary: 'Answer in a conversation; the same id again gives the same comment',
  input: OfComment.extend({ body: CommentText }),
  output: Said,
});
export const editComment = operation('PATCH', `${path}/:threadId/comments/:commentId`, {
  who: 'signed-in',
  summary: 'Change my comment; what it said before is kept',
  input: OfComment.extend({ body: CommentText }),
  output: Said,
});
export const deleteComment = operation('DELETE', `${path}/:threadId/comments/:commentId`, {
  who: 'signed-in',
  summary: 'Delete my comment; the last one of a conversation takes it along',
  input: OfComment,
  output: Done,
});
export const listEdits = operation('GET', `${path}/:threadId/comments/:commentId/edits`, {
  who: 'signed-in',
  summary: 'What a comment said before, oldest first',
  input: OfComment,
  output: z.object({ edits: z.array(z.object({ body: z.string(), until: Instant })) }),
});
export const resolveThread = operation('PUT', `${path}/:threadId/resolved`, {
  who: 'signed-in',
  summary: 'Resolve or reopen a conversation',
  input: InThread.extend({ resolved: z.boolean() }),
  output: Thread,
});
export const react = operation('PUT', `${path}/:threadId/comments/:commentId/reactions`, {
  who: 'signed-in',
  summary: 'Add or take back my reaction to a comment',
  input: OfComment.extend({ emoji: Emoji, on: z.boolean() }),
  output: Thread,
});
export const seeThreads = operation('PUT', `${path}/seen`, {
  who: 'signed-in',
  summary: 'I have seen the comments up to here; never goes back',
  input: ByIdInput.extend({ rev: Rev.max(Number.MAX_SAFE_INTEGER) }),
  output: Done,
});
export const listMentionable = operation('GET', '/api/docs/:id/mentionable', {
  who: 'signed-in',
  summary: 'People to mention, by a part of their name, and whether they may see the document',
  input: ByIdInput.extend({
    q: SearchText,
    limit: z.coerce.number().int().min(1).max(mentionablePeopleMax).default(8),
  }),
  output: z.object({ people: z.array(z.object({ person: Person, sees: z.boolean() })) }),
});

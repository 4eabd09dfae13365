import { z } from 'zod';
import { carried } from './chat-query-names.ts';
import { Stretch } from './doc-search.ts';
import { cursorLengthMax, foundSizeMax, searchPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { Id, Instant, Person, SearchText } from './shape.ts';

/** What stands right before or after a hit in the same channel or thread: enough to know what it was about. */
export const BesideHit = z.object({ seq: z.int().min(1), sender: Person, text: z.string() });
export type BesideHit = z.infer<typeof BesideHit>;

export const MessageHit = z.object({
  channel: z.object({ id: Id, title: z.string(), kind: z.string(), spaceTitle: z.string().nullable() }),
  seq: z.int().min(1),
  at: Instant,
  sender: Person,
  /** The message that it answers. */
  threadSeq: z.int().nullable(),
  /** The words around what was found, without the signs of Markdown. */
  text: z.array(Stretch),
  carries: z.array(z.enum(carried)),
  before: BesideHit.nullable(),
  after: BesideHit.nullable(),
});
export type MessageHit = z.infer<typeof MessageHit>;

export const SearchHint = z.object({
  /** `common-words`: all words are so common that no search knows them. `nobody`, `nowhere`: no such person or channel. */
  what: z.enum(['unknown-operator', 'unknown-value', 'common-words', 'nobody', 'nowhere']),
  text: z.string(),
});
export type SearchHint = z.infer<typeof SearchHint>;

/** A place on the earth by whose clock days begin, as IANA names it. */
const TimeZone = z.string().max(60).refine(isTimeZone, { error: 'invalid' });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const searchMessages = operation('GET', '/api/chat/search', {
  who: 'signed-in',
  summary:
    'Messages by their words and by `from: in: before: after: on: during: has: is:`, in French, English and Arabic',
  input: z.object({
    q: SearchText,
    /** Only this channel, or only the channels of this space. */
    channelId: Id.optional(),
    spaceId: Id.optional(),
    order: z.enum(['newest', 'best']).default('newest'),
    /** Where the page before ended. */
    after: z.string().max(cursorLengthMax).optional(),
    limit: z.coerce.number().int().min(1).max(searchPageMax).default(20),
    timeZone: TimeZone.default('UTC'),
    /** The last word is still being typed: its beginning is enough. */
    typing: z.stringbool().default(false),
  }),
  output: z.object({
    hits: z.array(MessageHit).max(searchPageMax),
    /** Give it as `after` for the next page; null at the end. */
    next: z.string().nullable(),
    /** How many were counted on the way, this page included; all of them when `complete`. */
    count: z.int().max(foundSizeMax),
    complete: z.boolean(),
    hints: z.array(SearchHint),
  }),
});

import { z } from 'zod';
import { draftsPageMax, messageLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Id, Instant, Nothing } from './shape.ts';

export const chatDraftCodes = ['too-many-drafts'] as const;

/** Half of a character: no UTF-8 exists for it. */
const loneSurrogate = /\p{Surrogate}/u;

/** A message that is not finished: it may be empty, then there is none. */
const DraftText = z
  .string()
  .max(messageLengthMax, { error: 'too-long' })
  .refine((text) => !text.includes('\u0000') && !loneSurrogate.test(text), { error: 'forbidden-characters' });

/** 0 is the channel itself; else the message whose thread it is written in. */
const ThreadSeq = z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);

/** What a person has begun to write, the same on all their devices. */
export const Draft = z.object({
  channelId: Id,
  threadSeq: z.int(),
  /** Markdown; empty when the draft was sent or thrown away. */
  body: z.string(),
  /** When it was written, by the clock of the device that wrote it. The later one stays. */
  at: Instant,
});
export type Draft = z.infer<typeof Draft>;

export const listDrafts = operation('GET', '/api/chat/drafts', {
  who: 'signed-in',
  summary: 'What I have begun to write, the newest first',
  input: Nothing,
  output: z.object({ drafts: z.array(Draft).max(draftsPageMax) }),
});
export const putDraft = operation('PUT', '/api/chat/channels/:id/draft', {
  who: 'signed-in',
  summary: 'Keep what I am writing in a channel or thread; an older one than what is kept changes nothing',
  input: ByIdInput.extend({ threadSeq: ThreadSeq, body: DraftText, at: Instant }),
  /** What is kept now: what was given, or what another device wrote later. */
  output: Draft,
});

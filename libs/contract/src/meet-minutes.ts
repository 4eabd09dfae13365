import { z } from 'zod';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Locale, Person } from './shape.ts';

export const meetMinutesCodes = ['minutes-model-away', 'minutes-model-unclear'] as const;

/** One sentence of the minutes and the lines of the transcript on which it rests. */
export const MinutesPoint = z.object({ text: z.string(), lines: z.array(Id).readonly() });
export type MinutesPoint = z.infer<typeof MinutesPoint>;
export const MinutesTask = MinutesPoint.extend({
  /** Somebody who was in the meeting; null when nobody was named. */
  assignee: Person.nullable(),
  due: z.iso.date().nullable(),
});
export type MinutesTask = z.infer<typeof MinutesTask>;

export const Minutes = z.object({
  state: z.enum(['none', 'making', 'ready', 'failed']),
  /** Why it failed. */
  code: z.string().nullable(),
  /** `model`: written by a language model; `outline`: sentences that were said, chosen without one. */
  kind: z.enum(['model', 'outline']),
  /** The model's name; null for an outline. */
  model: z.string().nullable(),
  language: z.string(),
  madeAt: Instant.nullable(),
  summary: z.array(MinutesPoint).readonly(),
  decisions: z.array(MinutesPoint).readonly(),
  tasks: z.array(MinutesTask).readonly(),
  /** The document that was made of them; null while there is none. */
  documentId: Id.nullable(),
});
export type Minutes = z.infer<typeof Minutes>;

export const getMinutes = operation('GET', '/api/meet/meetings/:id/minutes', {
  who: 'signed-in',
  summary: 'The minutes of a meeting, and how far they are',
  input: ByIdInput,
  output: Minutes,
});
export const makeMinutes = operation('POST', '/api/meet/meetings/:id/minutes', {
  who: 'signed-in',
  summary: 'Draw up minutes from the transcript of a meeting, in place of those that were there',
  input: ByIdInput.extend({ locale: Locale }),
  output: Minutes,
});
export const getMinutesPage = operation('GET', '/api/meet/meetings/:id/minutes/page', {
  who: 'signed-in',
  summary: 'The minutes as a page that the documents can take in, with tasks as tasks',
  input: ByIdInput,
  output: z.object({ name: z.string(), html: z.string() }),
});
export const setMinutesDocument = operation('PUT', '/api/meet/meetings/:id/minutes/document', {
  who: 'signed-in',
  summary: 'Name the document that was made of the minutes',
  input: ByIdInput.extend({ documentId: Id }),
  output: Done,
});

import { z } from 'zod';
import { transcriptLineLengthMax, transcriptPageMax } from './limits.ts';
import { MeetingPass } from './meet.ts';
import { Consent, Gap, Recording } from './meet-record.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Person } from './shape.ts';

export const meetTranscriptCodes = ['captions-off', 'speech-away', 'transcript-empty'] as const;

/** The engine that turns speech into text in this house. `away`: it is set and does not answer. */
export const Speech = z.object({
  state: z.enum(['ready', 'away', 'off']),
  /** As the engine calls itself; null when it is off. */
  model: z.string().nullable(),
  /** Languages of the model (ISO 639-1); empty when it is not known. */
  languages: z.array(z.string()).readonly(),
});
export type Speech = z.infer<typeof Speech>;

/** What the scribe does in a meeting now, and my part in it. */
export const Listening = z.object({
  speech: Speech,
  captions: z.boolean(),
  /** Whether what is said by those who agreed is kept as a transcript. */
  transcript: z.boolean(),
  recording: Recording.nullable(),
  /** Whether a picture can be recorded in this house. `busy`: as many are recorded already as its machines carry. */
  picture: z.enum(['ready', 'busy', 'off']),
  consent: Consent,
});
export type Listening = z.infer<typeof Listening>;

/** Topic of the text streams by which captions reach the room; each is one {@link Caption} as JSON. */
export const captionTopic = 'captions';
/** One caption: sent again with the same `key` as it grows, and a last time with `final`. */
export const Caption = z.object({
  key: z.string(),
  identity: z.string(),
  name: z.string(),
  lang: z.string(),
  text: z.string(),
  final: z.boolean(),
  /** Milliseconds of the day's clock (Unix time) at which the speaker began. */
  startMs: z.number(),
});
export type Caption = z.infer<typeof Caption>;

export const TranscriptLine = z.object({
  id: Id,
  /** Null for somebody who is no longer known. */
  person: Person.nullable(),
  name: z.string(),
  startedAt: Instant,
  endedAt: Instant,
  text: z.string(),
  /** ISO 639-1, as the model heard it. */
  language: z.string(),
  /** From 0 to 1; null when the engine does not say. */
  confidence: z.number().nullable(),
  /** Who corrected it last; null for what the model wrote. */
  correctedBy: Person.nullable(),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

export const Transcript = z.object({
  lines: z.array(TranscriptLine).max(transcriptPageMax).readonly(),
  /** To be given as `after` for the lines that follow; null when these were the last. */
  next: z.string().nullable(),
  models: z.array(z.string()).readonly(),
  languages: z.array(z.string()).readonly(),
  gaps: z.array(Gap).readonly(),
});
export type Transcript = z.infer<typeof Transcript>;

export const getListening = operation('GET', '/api/meet/meetings/:id/listening', {
  who: 'anyone',
  summary: 'What the scribe does in a meeting now: captions, transcript, recording, and whether I agreed',
  input: ByIdInput.extend({ pass: MeetingPass.optional() }),
  output: Listening,
});
export const startCaptions = operation('POST', '/api/meet/meetings/:id/captions', {
  who: 'signed-in',
  summary: 'Write what is said into the room; with `transcript` what those who agree say is also kept',
  input: ByIdInput.extend({ transcript: z.boolean().default(false) }),
  output: Done,
});
export const stopCaptions = operation('POST', '/api/meet/meetings/:id/captions/stop', {
  who: 'signed-in',
  summary: 'End captions and transcript of a meeting',
  input: ByIdInput,
  output: Done,
});
export const getTranscript = operation('GET', '/api/meet/meetings/:id/transcript', {
  who: 'signed-in',
  summary: 'What was said in a meeting, by whom and when',
  input: ByIdInput.extend({ after: z.string().max(100).optional() }),
  output: Transcript,
});
export const correctLine = operation('PUT', '/api/meet/transcript-lines/:id', {
  who: 'signed-in',
  summary: 'Correct a line of a transcript; what stood there before is kept',
  input: ByIdInput.extend({
    text: z.string().trim().min(1, { error: 'required' }).max(transcriptLineLengthMax, { error: 'too-long' }),
  }),
  output: TranscriptLine,
});
export const getLineHistory = operation('GET', '/api/meet/transcript-lines/:id/history', {
  who: 'signed-in',
  summary: 'What stood in a line of a transcript before, newest first; the last is what the model wrote',
  input: ByIdInput,
  output: z.object({
    versions: z.array(z.object({ text: z.string(), by: Person.nullable(), at: Instant })).readonly(),
  }),
});
export const exportTranscript = operation('GET', '/api/meet/meetings/:id/transcript/file', {
  who: 'signed-in',
  summary: 'A transcript as a text file, as subtitles, or as a page that the documents can take in',
  input: ByIdInput.extend({ form: z.enum(['txt', 'vtt', 'html']) }),
  output: z.object({ name: z.string(), mediaType: z.string(), text: z.string() }),
});
export const deleteTranscript = operation('DELETE', '/api/meet/meetings/:id/transcript', {
  who: 'signed-in',
  summary: 'Delete the transcript of a meeting and its minutes; a document that was made of them stays',
  input: ByIdInput,
  output: Done,
});

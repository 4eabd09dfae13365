import { z } from 'zod';
import { recordingDaysMax } from './limits.ts';
import { MeetingPass } from './meet.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Person } from './shape.ts';

export const meetRecordCodes = [
  'meeting-encrypted',
  'recording-running',
  'recording-not-ready',
  'recording-gone',
] as const;

/** A stretch of which nothing is left, because the scribe was away. */
export const Gap = z.object({ from: Instant, to: Instant });

/** What one voice said, or all of them together; silence is kept, so that a second of it is a second of the meeting. */
export const RecordedTrack = z.object({
  n: z.int(),
  /** All voices of those who agreed, in one track. */
  mix: z.boolean(),
  /** Null for the mix of all, and for somebody who is no longer known. */
  person: Person.nullable(),
  name: z.string(),
  startedAt: Instant,
  durationMs: z.int(),
  sizeBytes: z.int(),
});
export type RecordedTrack = z.infer<typeof RecordedTrack>;

/**
 * `asked`: wanted, and the scribe is not in the room yet; `on`: what those who agreed say is being kept; `saving`: over,
 * and being checked; `saved`; `failed`: see `code`, what was written before is kept all the same.
 */
const State = z.enum(['asked', 'on', 'saving', 'saved', 'failed']);

export const Recording = z.object({
  id: Id,
  state: State,
  /** Why it failed: `disk-full`, `nothing-recorded`; null otherwise. */
  code: z.string().nullable(),
  by: Person.nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  /** It is deleted in the night after this day. */
  keptUntil: z.iso.date(),
  /** Where it lies among the files of the meeting's space; null: nowhere, or not where I may go. */
  folderId: Id.nullable(),
  tracks: z.array(RecordedTrack).readonly(),
  gaps: z.array(Gap).readonly(),
});
export type Recording = z.infer<typeof Recording>;

/** Whether my voice may be recorded and written down in this meeting. Without an answer it is neither. */
export const Consent = z.enum(['unasked', 'agreed', 'refused']);
export type Consent = z.infer<typeof Consent>;

export const listRecordings = operation('GET', '/api/meet/meetings/:id/recordings', {
  who: 'signed-in',
  summary: 'The recordings of a meeting, newest first',
  input: ByIdInput,
  output: z.object({ recordings: z.array(Recording).readonly() }),
});
export const startRecording = operation('POST', '/api/meet/meetings/:id/recordings', {
  who: 'signed-in',
  summary: 'Ask everybody in a meeting to be recorded, and record the voices of those who agree',
  input: ByIdInput,
  output: Recording,
});
export const stopRecording = operation('POST', '/api/meet/meetings/:id/recordings/stop', {
  who: 'signed-in',
  summary: 'End the recording of a meeting',
  input: ByIdInput,
  output: Done,
});
export const answerConsent = operation('PUT', '/api/meet/meetings/:id/consent', {
  who: 'anyone',
  summary: 'Say whether my voice may be recorded and written down in this meeting; it holds from now on',
  input: ByIdInput.extend({ agrees: z.boolean(), pass: MeetingPass.optional() }),
  output: z.object({ consent: Consent }),
});
export const keepRecording = operation('PUT', '/api/meet/recordings/:id', {
  who: 'signed-in',
  summary: 'Keep a recording for that many more days from today',
  input: ByIdInput.extend({ days: z.int().min(1).max(recordingDaysMax) }),
  output: Recording,
});
export const deleteRecording = operation('DELETE', '/api/meet/recordings/:id', {
  who: 'signed-in',
  summary: 'Delete a recording with all its tracks',
  input: ByIdInput,
  output: Done,
});

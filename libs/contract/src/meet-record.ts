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
  'picture-off',
  'picture-busy',
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
  /** Of a track that is the moving picture with all voices (WebM, VP8 and Opus): null for one of voices alone. */
  picture: z
    .object({
      voicesMs: z.int(),
      pictureMs: z.int(),
      /** On average: fewer than asked for where the machine had no time for more. */
      framesPerSecond: z.number(),
      /** Stretches without a picture, while the voices went on. */
      gaps: z.array(Gap).readonly(),
    })
    .nullable(),
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
  /**
   * Why it failed: `disk-full`, `nothing-recorded`; `picture-missing`: there are voices alone; `picture-shorter`,
   * `voices-shorter`: than the other, and both are kept; null otherwise.
   */
  code: z.string().nullable(),
  /** Whether a picture was asked for besides the voices. */
  picture: z.boolean(),
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

/**
 * Whether my voice may be recorded and written down in this meeting, and my picture while one is recorded. Without an
 * answer it is neither; whoever agreed to be heard alone has not answered a recording with a picture.
 */
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
  summary:
    'Ask everybody in a meeting to be recorded, and record the voices of those who agree, or also the picture',
  input: ByIdInput.extend({ picture: z.boolean().default(false) }),
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
  input: ByIdInput.extend({
    agrees: z.boolean(),
    /** What was agreed to is also to be seen. */
    picture: z.boolean().default(false),
    pass: MeetingPass.optional(),
  }),
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

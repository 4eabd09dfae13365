import { storeSettings } from '@parvis/blobs/store-of';
import { meetingPeopleMax, recordingDaysMax } from '@parvis/contract/limits';
import { TimeZone } from '@parvis/contract/meet-schedule';
import { setting, text } from '@parvis/server/settings';
import { z } from 'zod';

export const settings = {
  ...storeSettings,
  /** LiveKit's own address inside the house; browsers reach it at `/livekit` on the one origin. Absent: no meetings. */
  livekitUrl: setting('LIVEKIT_URL', z.url().optional()),
  livekitApiKey: setting('LIVEKIT_API_KEY', z.string().min(1).optional()),
  livekitApiSecret: setting('LIVEKIT_API_SECRET', z.string().min(32).optional()),
  /** People whom one meeting takes, where the machines or the line carry fewer than we allow. */
  peopleMax: setting('MEET_PEOPLE_MAX', z.coerce.number().int().min(1).max(meetingPeopleMax).optional()),
  /** Where speech becomes text: an address that speaks as OpenAI's transcriptions do, up to `/v1`. Absent: no captions. */
  speechUrl: setting('SPEECH_URL', z.url({ protocol: /^https?$/ }).optional()),
  /** The model to ask for; left out, the first that the address offers. */
  speechModel: setting('SPEECH_MODEL', text.optional()),
  speechKey: setting('SPEECH_KEY', text.optional()),
  /** A language model for minutes, at an address that speaks as OpenAI's chat does, up to `/v1`. Absent: outlines. */
  minutesUrl: setting('MINUTES_URL', z.url({ protocol: /^https?$/ }).optional()),
  minutesModel: setting('MINUTES_MODEL', text.optional()),
  minutesKey: setting('MINUTES_KEY', text.optional()),
  /** Days for which a recording is kept unless somebody says otherwise. */
  recordingDays: setting('RECORDING_DAYS', z.coerce.number().int().min(1).max(recordingDaysMax).default(90)),
  /** Of the dates in the names of recordings' folders. */
  timeZone: setting('PARVIS_TIME_ZONE', TimeZone.default('Europe/Paris')),
  /** Path of a Chromium that draws the picture of a recording. Absent: voices alone are recorded. */
  chromium: setting('MEET_CHROMIUM', text.optional()),
  /** Recordings with a picture at once; left out, one for each processor of the machine. */
  picturesMax: setting('MEET_PICTURES_MAX', z.coerce.number().int().min(1).max(1_000).optional()),
  /** `demo`: a first meeting in the demo ministry. */
  seed: setting('MEET_SEED', z.enum(['demo']).optional()),
  /** `smtp://user:password@host:587`, `smtps://` for TLS from the first byte. Absent: no mail. */
  smtpUrl: setting('NOTIFY_SMTP_URL', z.url().optional()),
  /** The sender of mail, `Parvis <parvis@example>`. */
  mailFrom: setting('NOTIFY_MAIL_FROM', text.optional()),
};

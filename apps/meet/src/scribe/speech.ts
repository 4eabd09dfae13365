import { z } from 'zod';
import { sampleRate } from './ogg-opus.ts';

/** Milliseconds that the engine may take for one stretch, and to say who it is. */
const writeMsMax = 60_000;
const askMsMax = 3_000;
/** Below this likelihood of a whole stretch the engine has guessed at noise. */
const confidenceMin = 0.2;
const silentMin = 0.6;
/** Languages of one voice are told from stretches at least that sure. */
const languageSureMin = 0.7;

/** Where speech becomes text: an address that speaks as OpenAI's does. */
export interface SpeechPlace {
  readonly url: string;
  readonly model: string | undefined;
  readonly key: string | undefined;
}

export interface Heard {
  readonly text: string;
  readonly language: string;
  readonly confidence: number | null;
  readonly model: string;
}

/** `sure`: the language was told, or heard beyond doubt. */
export type HeardSurely = Heard & { readonly sure: boolean };

const Written = z.object({
  text: z.string().max(20_000),
  language: z.string().max(40).optional(),
  language_probability: z.number().optional(),
  segments: z
    .array(
      z.object({
        avg_logprob: z.number().optional(),
        no_speech_prob: z.number().optional(),
      }),
    )
    .optional(),
});
const Models = z.object({
  data: z.array(z.object({ id: z.string().max(200), languages: z.array(z.string().max(20)).optional() })),
});

// oxlint-disable-next-line eslint/no-control-regex -- they are what is taken out
const unsaid = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;

/** Names that some engines give languages in their answers. */
const names: Record<string, string> = {
  english: 'en',
  french: 'fr',
  arabic: 'ar',
  german: 'de',
  spanish: 'es',
};

/** What the engine says of itself. @throws Error when it does not answer as one */
export async function askSpeech(place: SpeechPlace): Promise<{ model: string; languages: string[] }> {
  const answer = await fetch(`${place.url}/models`, {
    headers: authorised(place),
    signal: AbortSignal.timeout(askMsMax),
  });
  if (!answer.ok) throw new Error(`the speech engine answers ${answer.status}`);
  const { data } = Models.parse(await answer.json());
  const found = data.find(({ id }) => id === place.model) ?? data[0];
  return { model: place.model ?? found?.id ?? 'speech', languages: found?.languages ?? [] };
}

/**
 * Writes down a stretch of speech. Null when nothing was said in it: engines are known to hear words in noise.
 * @param language of the voice as far as it is known, ISO 639-1
 * @throws Error when the engine does not answer
 */
export async function writeDown(
  place: SpeechPlace,
  model: string,
  samples: Int16Array,
  language: string | null,
): Promise<HeardSurely | null> {
  const form = new FormData();
  form.set('file', new Blob([waveOf(samples)], { type: 'audio/wav' }), 'speech.wav');
  form.set('model', model);
  form.set('response_format', 'verbose_json');
  form.set('temperature', '0');
  if (language !== null) form.set('language', language);
  const answer = await fetch(`${place.url}/audio/transcriptions`, {
    method: 'POST',
    headers: authorised(place),
    body: form,
    signal: AbortSignal.timeout(writeMsMax),
  });
  if (!answer.ok) throw new Error(`the speech engine answers ${answer.status}`);
  const written = Written.parse(await answer.json());
  const segments = written.segments ?? [];
  const confidence =
    segments.length === 0
      ? null
      : Math.exp(segments.reduce((sum, { avg_logprob }) => sum + (avg_logprob ?? 0), 0) / segments.length);
  const silent =
    segments.length > 0 && segments.every(({ no_speech_prob = 0 }) => no_speech_prob > silentMin);
  const text = plain(written.text);
  if (text === '' || (confidence !== null && confidence < confidenceMin) || silent) return null;
  const named = written.language ?? language ?? 'en';
  const code = names[named.toLowerCase()] ?? named.toLowerCase();
  const sure = (written.language_probability ?? 1) >= languageSureMin;
  return { text, language: code.slice(0, 8), confidence, model, sure };
}

function authorised({ key }: SpeechPlace): Record<string, string> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}

/** One line of plain text: what a model says may hold anything. */
export function plain(text: string): string {
  return text.replaceAll(unsaid, ' ').replaceAll(/ +/g, ' ').trim();
}

/** A WAV file of 16-bit samples. */
function waveOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(Buffer.from(text, 'latin1'), at);
  word(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (let at = 0; at < samples.length; at += 1) view.setInt16(44 + at * 2, samples[at] as number, true);
  return bytes;
}

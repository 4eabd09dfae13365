/** Dates, sizes, lists and people in a language. Digits are Latin in every language, as in the whole product. */

/** `ltr` or `rtl` for a language tag such as `ar` or `fr-FR`. */
export function dir(locale: string): 'ltr' | 'rtl' {
  const language = locale.toLowerCase().split(/[-_]/)[0] ?? '';
  return ['ar', 'he', 'fa', 'ur', 'ps', 'dv', 'yi', 'ckb'].includes(language) ? 'rtl' : 'ltr';
}

/** The tag that Intl and react-aria get: the language with Latin digits and the Gregorian calendar. */
export function intlLocale(locale: string): string {
  return dir(locale) === 'rtl' ? `${locale}-u-ca-gregory-nu-latn` : locale;
}

/** Languages, zones and shapes are few; names of zones come from outside, so that there is an end all the same. */
const formatsMax = 300;
const formats = new Map<string, unknown>();

/** A format of Intl, made once: making one costs hundreds of times what using it does. */
function format<T, O extends object>(make: new (tag: string, options?: O) => T, tag: string, options?: O): T {
  const key = `${make.name} ${tag} ${options ? JSON.stringify(options) : ''}`;
  const known = formats.get(key) as T | undefined;
  if (known) return known;
  if (formats.size >= formatsMax) formats.clear();
  const made = new make(tag, options);
  formats.set(key, made);
  return made;
}

function dateFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return format(Intl.DateTimeFormat, tag, options);
}

function numberFormat(tag: string, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  return format(Intl.NumberFormat, tag, options);
}

function wordsOfTime(locale: string): Intl.RelativeTimeFormat {
  return format(Intl.RelativeTimeFormat, intlLocale(locale), { numeric: 'auto' });
}

/** Eight hues of equal lightness; the same person always has the same one. */
export type Hue = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/**
 * A stable number from a text (FNV-1a, 32 bits, with MurmurHash3's last mixing, so that ids that differ in one digit
 * lie far apart): places, hues and motifs are drawn from it.
 */
export function seedOf(id: string): number {
  let seed = 0x811c9dc5;
  for (const character of id) seed = Math.imul(seed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  seed = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  seed = Math.imul(seed ^ (seed >>> 13), 0xc2b2ae35);
  return (seed ^ (seed >>> 16)) >>> 0;
}

/** The hue of a person, from their id. */
export function hueOf(id: string): Hue {
  return (((seedOf(id) >>> 27) % 8) + 1) as Hue;
}

/** Unseen characters that could turn or hide a name. */
const controls = /[\p{Cc}\p{Cf}]/gu;
const arabicLetter = /\p{Script=Arabic}/u;

/** Whether the initials are Arabic: one larger letter instead of two. */
export function isArabic(text: string): boolean {
  return arabicLetter.test(text);
}

/** Two letters of a Latin name (first and last word), one letter of an Arabic one (without its article), `?` of none. */
export function initials(name: string): string {
  const words = name
    .normalize('NFC')
    .replace(controls, '')
    .split(/[\s\-’'._]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (!first) return '?';
  if (isArabic(first)) {
    const bare = first.startsWith('ال') && first.length > 3 ? first.slice(2) : first;
    return [...bare].find((letter) => /\p{L}/u.test(letter)) ?? '?';
  }
  const letter = (word: string) => [...word].find((one) => /[\p{L}\p{N}]/u.test(one)) ?? '';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const pair = last ? letter(first) + letter(last) : [...first].slice(0, 2).join('');
  return pair.toLocaleUpperCase();
}

type Moment = Date | string | number;

const minuteMs = 60_000;
const dayMs = 86_400_000;

interface TimeOptions {
  /** IANA zone; the zone of the machine when absent. Give it on a server, or the page will differ in the browser. */
  timeZone?: string;
}

function dayNumber(date: Date, timeZone?: string): number {
  const parts = dateFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(date)
    .reduce<Record<string, number>>((all, part) => ({ ...all, [part.type]: Number(part.value) }), {});
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day ?? 1) / dayMs;
}

/** `09:41`, on 24 hours. */
export function clockTime(moment: Moment, locale: string, { timeZone }: TimeOptions = {}): string {
  return dateFormat(intlLocale(locale), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(moment));
}

/**
 * Time as a colleague would say it: today `09:41`, yesterday in words, this week the day, this year `20 nov.`, older with
 * the year. `now` is given so that a list says one thing in all its rows. An invalid moment gives an empty string.
 */
export function relativeTime(moment: Moment, locale: string, now: Moment, options: TimeOptions = {}): string {
  const date = new Date(moment);
  const today = new Date(now);
  if (Number.isNaN(date.getTime())) return '';
  const { timeZone } = options;
  const days = dayNumber(date, timeZone) - dayNumber(today, timeZone);
  const tag = intlLocale(locale);
  if (days === 0) return clockTime(date, locale, options);
  if (days === -1 || days === 1) return wordsOfTime(locale).format(days, 'day');
  const shown = (shape: Intl.DateTimeFormatOptions) => dateFormat(tag, { ...shape, timeZone }).format(date);
  if (days > -7 && days < 7) return shown({ weekday: 'long' });
  const year = (one: Date) => dateFormat('en', { year: 'numeric', timeZone }).format(one);
  if (year(date) === year(today)) return shown({ day: 'numeric', month: 'short' });
  return shown({ day: 'numeric', month: 'short', year: 'numeric' });
}

/** How far a moment is: `in 12 minutes`, `2 hours ago`, `now` under half a minute. */
export function timeAway(moment: Moment, locale: string, now: Moment): string {
  const ms = new Date(moment).getTime() - new Date(now).getTime();
  if (Number.isNaN(ms)) return '';
  const words = wordsOfTime(locale);
  const size = Math.abs(ms);
  if (size < minuteMs / 2) return words.format(0, 'second');
  if (Math.round(size / minuteMs) < 60) return words.format(Math.round(ms / minuteMs), 'minute');
  if (Math.round(size / (60 * minuteMs)) < 24) return words.format(Math.round(ms / (60 * minuteMs)), 'hour');
  return words.format(Math.round(ms / dayMs), 'day');
}

/** The exact date and time, for the hover of a relative one. */
export function exactTime(moment: Moment, locale: string, { timeZone }: TimeOptions = {}): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return '';
  return dateFormat(intlLocale(locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(date);
}

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `92 ko`, `4.2 MB`, `28,6 Mo`: decimal units (1 kB = 1000 bytes), one decimal under 100 except for bytes and kB. */
export function fileSize(bytes: number, locale: string): string {
  let value = Math.max(0, bytes);
  let step = 0;
  while (step < sizeUnits.length - 1 && Math.round(value) >= 1000) {
    value /= 1000;
    step += 1;
  }
  return numberFormat(intlLocale(locale), {
    style: 'unit',
    unit: sizeUnits[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step > 1 && value < 99.95 ? 1 : 0,
  }).format(value);
}

/** `1 284`, `62 %` and the like come from the language: thin spaces, Latin digits. */
export function number(value: number, locale: string, options?: Intl.NumberFormatOptions): string {
  return numberFormat(intlLocale(locale), options).format(value);
}

/** `Inès, Samir et Yanis`. */
export function nameList(names: readonly string[], locale: string): string {
  return format(Intl.ListFormat, intlLocale(locale), { type: 'conjunction' }).format(names);
}

/** Cut a file name in two so that its extension always stays on screen: `['Planche 3, zones humides', '.png']`. */
export function splitExtension(fileName: string): [stem: string, extension: string] {
  const at = fileName.lastIndexOf('.');
  if (at <= 0 || fileName.length - at > 12) return [fileName, ''];
  return [fileName.slice(0, at), fileName.slice(at)];
}

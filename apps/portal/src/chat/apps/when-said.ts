import { folded } from '../emoji/folded.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How spans are called, folded, in the three languages; a number alone is minutes. */
const spans: readonly (readonly [ms: number, words: RegExp])[] = [
  [minuteMs, /^(?:m|min|mins|mn|minutes?|دقيقه|دقيقة|دقائق|د)?$/],
  [hourMs, /^(?:h|hrs?|hours?|heures?|ساعة|ساعات|س)$/],
  [dayMs, /^(?:d|j|days?|jours?|يوم|ايام)$/],
  [7 * dayMs, /^(?:w|weeks?|sem|semaines?|اسبوع|اسابيع)$/],
];
/** Words that may stand before a span or an hour. */
const before = /^(?:in|at|dans|a|vers|بعد|في|خلال|الساعة|عند)\s+/;
const tomorrow = /^(?:tomorrow|demain|غدا)(?:\s+|$)/;
/** Arabic duals: "two hours" is one word. */
const twos: Record<string, number> = {
  دقيقتين: 2 * minuteMs,
  دقيقتان: 2 * minuteMs,
  ساعتين: 2 * hourMs,
  ساعتان: 2 * hourMs,
  يومين: 2 * dayMs,
  يومان: 2 * dayMs,
};
/** The hour at which a day begins for who names the day alone. */
const morning = 9;

const latin = (text: string) =>
  text.replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660)).replaceAll('\u00a0', ' ');

/**
 * The moment that is meant, after now, on the clock of this device: `20`, `20 min`, `1h30`, `2 jours`, `14:30`, `14h30`,
 * `demain`, `tomorrow 8:15`, `بعد ساعتين`. An hour that is over today is tomorrow's. Null when nothing of that is said.
 */
export function momentSaid(text: string, now: Date): Date | null {
  const said = latin(folded(text)).trim().replace(before, '').trim();
  if (said === '') return null;
  const isTomorrow = tomorrow.test(said);
  const rest = said.replace(tomorrow, '').replace(before, '').trim();
  if (isTomorrow && rest === '') return onClock(now, morning, 0, 1);
  const clock =
    /^(\d{1,2})\s*[:h]\s*(\d{2})$/.exec(rest) ?? (isTomorrow ? /^(\d{1,2})h?()$/.exec(rest) : null);
  const spanned = isTomorrow ? null : spanOf(rest);
  // "1h30" is a span and "14h30" an hour: nobody waits for less than seven hours and a half by naming minutes.
  const isHour = clock !== null && (isTomorrow || rest.includes(':') || Number(clock[1]) > 6);
  if (isHour) {
    const [hour, minute] = [Number(clock[1]), Number(clock[2])];
    if (hour > 23 || minute > 59) return null;
    const today = onClock(now, hour, minute, isTomorrow ? 1 : 0);
    return today > now ? today : onClock(now, hour, minute, 1);
  }
  return spanned === null ? null : new Date(now.getTime() + spanned);
}

function onClock(now: Date, hour: number, minute: number, days: number): Date {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(hour, minute, 0, 0);
  return at;
}

/** Milliseconds of a span, or null. */
function spanOf(text: string): number | null {
  const two = twos[text];
  if (two !== undefined) return two;
  const both = /^(\d{1,3})\s*h\s*(\d{1,2})(?:\s*m(?:in|n)?)?$/.exec(text);
  if (both) return Number(both[1]) * hourMs + Number(both[2]) * minuteMs;
  const [, count = '', unit = ''] = /^(\d{1,4})?\s*(\p{L}*)$/u.exec(text) ?? [];
  if (count === '' && unit === '') return null;
  const found = spans.find(([, words]) => words.test(unit));
  // Without a number only a whole word is a span: "hour", "ساعة".
  if (found === undefined || (count === '' && unit.length < 3)) return null;
  const many = count === '' ? 1 : Number(count);
  return many === 0 ? null : many * found[0];
}

/**
 * A moment and what stands beside it: the longest beginning or end of the words that is a moment. `20 min appeler Paul`,
 * `appeler Paul demain`. The moment is null when there is none; then all is text.
 */
export function momentAndWords(text: string, now: Date): { at: Date | null; words: string } {
  const parts = text.trim().split(/[ \u00a0]+/);
  const longest = Math.min(parts.length, 5);
  for (let count = longest; count > 0; count -= 1) {
    const first = momentSaid(parts.slice(0, count).join(' '), now);
    if (first !== null) return { at: first, words: parts.slice(count).join(' ') };
    const last = momentSaid(parts.slice(-count).join(' '), now);
    if (last !== null) return { at: last, words: parts.slice(0, -count).join(' ') };
  }
  return { at: null, words: text.trim() };
}

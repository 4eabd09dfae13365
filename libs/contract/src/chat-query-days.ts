import { folded } from './chat-query-names.ts';

/** Days from `since` on and before `until`, each as YYYY-MM-DD. */
export interface Days {
  readonly since: string;
  readonly until: string;
}

const months: readonly string[][] = [
  ['janvier', 'january', 'jan', 'يناير', 'جانفي'],
  ['février', 'fevrier', 'february', 'feb', 'فبراير', 'فيفري'],
  ['mars', 'march', 'mar', 'مارس'],
  ['avril', 'april', 'apr', 'أبريل', 'أفريل'],
  ['mai', 'may', 'مايو', 'ماي'],
  ['juin', 'june', 'jun', 'يونيو', 'جوان'],
  ['juillet', 'july', 'jul', 'يوليو', 'جويلية'],
  ['août', 'august', 'aug', 'أغسطس', 'أوت'],
  ['septembre', 'september', 'sep', 'sept', 'سبتمبر'],
  ['octobre', 'october', 'oct', 'أكتوبر'],
  ['novembre', 'november', 'nov', 'نوفمبر'],
  ['décembre', 'december', 'dec', 'ديسمبر'],
].map((names) => names.map(folded));

/** Sunday first, as JavaScript counts. */
const weekdays: readonly string[][] = [
  ['dimanche', 'sunday', 'الأحد'],
  ['lundi', 'monday', 'الإثنين', 'الاثنين'],
  ['mardi', 'tuesday', 'الثلاثاء'],
  ['mercredi', 'wednesday', 'الأربعاء'],
  ['jeudi', 'thursday', 'الخميس'],
  ['vendredi', 'friday', 'الجمعة'],
  ['samedi', 'saturday', 'السبت'],
].map((names) => names.map(folded));

const relative: Record<string, readonly string[]> = {
  today: ['today', "aujourd'hui", 'اليوم'].map(folded),
  yesterday: ['yesterday', 'hier', 'أمس'].map(folded),
  week: ['week', 'this-week', 'semaine', 'cette-semaine', 'أسبوع', 'الأسبوع'].map(folded),
  month: ['month', 'this-month', 'mois', 'ce-mois', 'شهر', 'الشهر'].map(folded),
  year: ['year', 'this-year', 'année', 'cette-année', 'سنة', 'السنة'].map(folded),
};

const dayMs = 86_400_000;
/** Years that a search may name: what lies outside is a slip of the finger. */
const yearMin = 1970;
const yearMax = 2999;

const written = (day: Date): string => day.toISOString().slice(0, 10);
const later = (day: Date, days: number): Date => new Date(day.getTime() + days * dayMs);
const dayOf = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month - 1, day));

const oneDay = (day: Date): Days => ({ since: written(day), until: written(later(day, 1)) });
const oneMonth = (year: number, month: number): Days => ({
  since: written(dayOf(year, month, 1)),
  until: written(dayOf(year, month + 1, 1)),
});
const oneYear = (year: number): Days => ({ since: `${year}-01-01`, until: `${year + 1}-01-01` });

/** The days that numbers name: a year, a month of it, or a day, which the calendar must have. */
function numbered(year: number, month?: number, day?: number): Days | null {
  if (year < yearMin || year > yearMax) return null;
  if (month === undefined) return oneYear(year);
  if (month < 1 || month > 12) return null;
  if (day === undefined) return oneMonth(year, month);
  const at = dayOf(year, month, day);
  return at.getUTCMonth() === month - 1 && day > 0 ? oneDay(at) : null;
}

function ofDigits(text: string, today: Date): Days | null {
  const yearFirst = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (yearFirst) {
    const [, year, month, day] = yearFirst;
    return numbered(
      Number(year),
      month === undefined ? undefined : Number(month),
      day === undefined ? undefined : Number(day),
    );
  }
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}))?$/.exec(text);
  if (!dayFirst) return null;
  const [, day, month, year] = dayFirst;
  if (year !== undefined) return numbered(Number(year), Number(month), Number(day));
  const found = numbered(today.getUTCFullYear(), Number(month), Number(day));
  // The last such day, not one that is still to come.
  return found !== null && found.since > written(today)
    ? numbered(today.getUTCFullYear() - 1, Number(month), Number(day))
    : found;
}

function ofWords(word: string, today: Date): Days | null {
  const month = months.findIndex((names) => names.includes(word));
  if (month >= 0) {
    const year = today.getUTCFullYear() - (month > today.getUTCMonth() ? 1 : 0);
    return oneMonth(year, month + 1);
  }
  const weekday = weekdays.findIndex((names) => names.includes(word));
  if (weekday >= 0) return oneDay(later(today, -((today.getUTCDay() - weekday + 7) % 7)));
  if (relative.today?.includes(word)) return oneDay(today);
  if (relative.yesterday?.includes(word)) return oneDay(later(today, -1));
  if (relative.month?.includes(word)) return oneMonth(today.getUTCFullYear(), today.getUTCMonth() + 1);
  if (relative.year?.includes(word)) return oneYear(today.getUTCFullYear());
  if (!relative.week?.includes(word)) return null;
  const monday = later(today, -((today.getUTCDay() + 6) % 7));
  return { since: written(monday), until: written(later(monday, 7)) };
}

/**
 * The days that somebody means by `2026`, `2026-11`, `2026-11-05`, `5/11/2026`, `5/11`, `hier`, `mardi`, `novembre`,
 * `أمس`. Months and weekdays are the last ones, this one included. @param today YYYY-MM-DD where that person is
 */
export function daysOf(text: string, today: string): Days | null {
  const now = new Date(`${today}T00:00:00Z`);
  const digits = text.trim().replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  return ofDigits(digits, now) ?? ofWords(folded(text), now);
}

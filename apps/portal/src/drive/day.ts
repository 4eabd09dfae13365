import { intlLocale } from '@parvis/ui/format';

/** A day of the calendar (`2027-02-23`) in words; it is the same day in every time zone. */
export function dayOf(day: string, locale: string): string {
  const words = new Intl.DateTimeFormat(intlLocale(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  return words.format(new Date(`${day}T12:00:00Z`));
}

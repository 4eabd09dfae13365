'use client';
import { intlLocale } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';
import { dayAfter } from './days.ts';

/** A day in words: today, tomorrow, else its weekday and date. */
export function useDayWords(): (day: string, today: string) => string {
  const t = useTranslations('meetings');
  const locale = useLocale();
  return (day, today) => {
    const date = new Intl.DateTimeFormat(intlLocale(locale), {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
      timeZone: 'UTC',
    }).format(new Date(`${day}T12:00:00Z`));
    if (day === today) return t('today', { date });
    if (day === dayAfter(today, 1)) return t('tomorrow', { date });
    return date;
  };
}

'use client';
import { exactTime } from '@parvis/ui/format';
import { useLocale, useTimeZone } from 'next-intl';

/** Date and time of a moment in words; nothing for the moment before all others. */
export function useExact(): (at: string | null) => string {
  const locale = useLocale();
  const timeZone = useTimeZone();
  return (at) => (at === null ? '' : exactTime(at, locale, { timeZone }));
}

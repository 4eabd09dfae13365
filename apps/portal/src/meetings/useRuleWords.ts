'use client';
import type { Repeat } from '@parvis/contract/meet-schedule';
import { intlLocale, nameList } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';

/** Any week will do for the names of its days. */
const monday = Date.parse('2026-11-23T12:00:00Z');
const dayMs = 86_400_000;

/** How a meeting comes again, in one sentence. */
export function useRuleWords(): (repeat: Repeat) => string {
  const t = useTranslations('meetings');
  const locale = useLocale();
  return ({ every, step, days, until }) => {
    const weekday = new Intl.DateTimeFormat(intlLocale(locale), { weekday: 'long', timeZone: 'UTC' });
    const named = nameList(
      days.map((day) => weekday.format(monday + (day - 1) * dayMs)),
      locale,
    );
    const last = new Intl.DateTimeFormat(intlLocale(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${until}T12:00:00Z`),
    );
    const rule = every === 'weekday' ? t('every.weekday') : t(`steps.${every}`, { count: step });
    return every === 'week' && named !== ''
      ? t('ruleDays', { rule, days: named, last })
      : t('rule', { rule, last });
  };
}

'use client';
import type { MeetingLine } from '@parvis/contract/meet-schedule';
import { clockTime, intlLocale } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { LinkButton } from '@parvis/ui/Button';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useNow, useTranslations } from 'next-intl';
import { dayAfter, dayOf, mondayOf, standing } from './days.ts';

interface Props {
  day: string;
  zone: string;
  meetings: readonly MeetingLine[];
}
const weekDays = 7;

function shown(day: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(intlLocale(locale), { ...options, timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

/** Seven days side by side; on a phone one below the other. */
export function WeekView({ day, zone, meetings }: Props) {
  const t = useTranslations('meetings');
  const locale = useLocale();
  const now = useNow({ updateInterval: 60_000 });
  const monday = mondayOf(day);
  const days = Array.from({ length: weekDays }, (_, at) => dayAfter(monday, at));
  const way = (one: string) => `/meetings?view=week&day=${one}`;
  return (
    <section aria-labelledby="meetings-week">
      <header className="meetings-week-head">
        <IconLink href={way(dayAfter(monday, -weekDays))} label={t('weekBefore')}>
          <Icon of={ChevronLeft} flip />
        </IconLink>
        <IconLink href={way(dayAfter(monday, weekDays))} label={t('weekAfter')}>
          <Icon of={ChevronRight} flip />
        </IconLink>
        <h2 id="meetings-week">
          {t('weekOf', { date: shown(monday, locale, { day: 'numeric', month: 'long', year: 'numeric' }) })}
        </h2>
        {mondayOf(dayOf(now, zone)) !== monday && (
          <LinkButton as={Link} size="small" kind="quiet" href="/meetings?view=week">
            {t('thisWeek')}
          </LinkButton>
        )}
      </header>
      <ol className="meetings-week">
        {days.map((one) => (
          <Day
            key={one}
            day={one}
            today={one === dayOf(now, zone)}
            zone={zone}
            now={now}
            lines={meetings.filter(({ startsAt }) => dayOf(startsAt, zone) === one)}
          />
        ))}
      </ol>
    </section>
  );
}

interface DayProps {
  day: string;
  today: boolean;
  zone: string;
  now: Date;
  lines: readonly MeetingLine[];
}

function Day({ day, today, zone, now, lines }: DayProps) {
  const t = useTranslations('meetings');
  const locale = useLocale();
  return (
    <li data-today={today || undefined} data-empty={lines.length === 0 || undefined}>
      <h3>
        <time dateTime={day}>
          <span>{shown(day, locale, { weekday: 'short' })}</span>{' '}
          <span>{shown(day, locale, { day: 'numeric' })}</span>
        </time>
      </h3>
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line.occurrenceId ?? line.meetingId}>
              <Link
                className="meetings-chip"
                href={`/meeting/${line.meetingId}`}
                data-standing={standing(line, now)}
              >
                <time dateTime={line.startsAt} suppressHydrationWarning>
                  {clockTime(line.startsAt, locale, { timeZone: zone })}
                </time>
                <bdi>{line.title}</bdi>
                {line.cancelled && <span className="p-sr">{t('cancelled')}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

'use client';
import type { Stay } from '@parvis/contract/meet';
import { clockTime, intlLocale } from '@parvis/ui/format';
import { PersonChip } from '@parvis/ui/PersonChip';
import { useLocale, useTranslations } from 'next-intl';
import { dayOf } from './days.ts';
import { useOwnZone } from './useOwnZone.ts';

const minuteMs = 60_000;

/** Who was there, from when to when, a day at a time: the last one first. */
export function Attendance({ stays }: { stays: readonly Stay[] }) {
  const t = useTranslations('meetings');
  const zone = useOwnZone();
  const locale = useLocale();
  const days = [...Map.groupBy(stays, ({ joinedAt }) => dayOf(joinedAt, zone))].toReversed();
  const date = new Intl.DateTimeFormat(intlLocale(locale), { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <section aria-labelledby="meeting-attendance">
      <h2 id="meeting-attendance">{t('attendance')}</h2>
      {days.map(([day, inDay]) => (
        <div key={day}>
          <h3 suppressHydrationWarning>{date.format(new Date(`${day}T12:00:00Z`))}</h3>
          <ul className="meetings-people">
            {[...Map.groupBy(inDay, ({ who }) => who)].map(([who, mine]) => (
              <Person key={who} stays={mine} zone={zone} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Person({ stays, zone }: { stays: readonly Stay[]; zone: string }) {
  const t = useTranslations('meetings');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const [first] = stays;
  if (first === undefined) return null;
  const clock = (at: string) => clockTime(at, locale, { timeZone: zone });
  const ms = stays.reduce(
    (sum, { joinedAt, leftAt }) => sum + (leftAt === null ? 0 : Date.parse(leftAt) - Date.parse(joinedAt)),
    0,
  );
  const here = stays.some(({ leftAt }) => leftAt === null);
  const badge =
    first.kind === 'anonymous' ? t('unverified') : first.kind === 'guest' ? shell('guest') : undefined;
  return (
    <li>
      <PersonChip id={first.who} name={first.name} guest={badge} note={first.organisation ?? undefined} />
      <span className="p-meta" suppressHydrationWarning>
        {stays
          .map(
            ({ joinedAt, leftAt }) =>
              `${clock(joinedAt)} – ${leftAt === null ? t('stillThere') : clock(leftAt)}`,
          )
          .join(', ')}
        {!here && ` · ${t('minutes', { count: Math.max(1, Math.round(ms / minuteMs)) })}`}
      </span>
    </li>
  );
}

'use client';
import type { MeetingPlan } from '@parvis/contract/meet-schedule';
import { Badge } from '@parvis/ui/Badge';
import { clockTime } from '@parvis/ui/format';
import { useTranslations, useLocale } from 'next-intl';
import { useState } from 'react';
import { Button } from '@parvis/ui/Button';
import { dayOf } from './days.ts';
import { useDayWords } from './useDayWords.ts';
import { useOwnZone } from './useOwnZone.ts';
import { useRouter } from 'next/navigation';
import { MeetingMenu } from './MeetingMenu.tsx';
import { useRuleWords } from './useRuleWords.ts';

const shownAtFirst = 5;

/** The times of a meeting that are to come, or the last one that was; in the clock of whoever looks. */
export function PlanTimes({ plan, now: given }: { plan: MeetingPlan; now: string }) {
  const t = useTranslations('meetings');
  const locale = useLocale();
  const zone = useOwnZone();
  const router = useRouter();
  const words = useDayWords();
  const rule = useRuleWords();
  const [all, setAll] = useState(false);
  const now = new Date(given);
  const next = plan.occurrences.filter(({ endsAt }) => new Date(endsAt) > now);
  const last = plan.occurrences.at(-1);
  const times = next.length > 0 ? next : last === undefined ? [] : [last];
  const shown = all ? times : times.slice(0, shownAtFirst);
  const clock = (at: string) => clockTime(at, locale, { timeZone: zone });
  return (
    <section aria-labelledby="meeting-times">
      <h2 id="meeting-times">{t(next.length > 0 ? 'when' : 'wasHeld')}</h2>
      {plan.repeat !== null && <p className="p-meta">{rule(plan.repeat)}</p>}
      <ul className="meetings-times-list">
        {shown.map(({ id, startsAt, endsAt, moved, cancelled }) => (
          <li key={id} data-cancelled={cancelled || undefined}>
            <span className="meetings-time">
              <time dateTime={startsAt} suppressHydrationWarning>
                {words(dayOf(startsAt, zone), dayOf(now, zone))}
              </time>
              <span suppressHydrationWarning>
                {clock(startsAt)} – {clock(endsAt)}
              </span>
            </span>
            {cancelled ? <Badge>{t('cancelled')}</Badge> : moved && <Badge tone="info">{t('moved')}</Badge>}
            <MeetingMenu
              line={{
                meetingId: plan.meetingId,
                occurrenceId: id,
                title: plan.title,
                space: null,
                organiser: plan.organiser,
                startsAt,
                endsAt,
                repeats: plan.repeat !== null,
                moved,
                cancelled,
                answer: plan.answer,
                amInvited: plan.amInvited,
                present: [],
                mayChange: plan.mayChange,
              }}
              zone={zone}
              now={now}
              onChanged={() => router.refresh()}
            />
          </li>
        ))}
      </ul>
      {times.length > shown.length && (
        <Button size="small" kind="quiet" onClick={() => setAll(true)}>
          {t('moreTimes', { count: times.length - shown.length })}
        </Button>
      )}
      {plan.timeZone !== zone && (
        <p className="p-meta" suppressHydrationWarning>
          {t('agreedIn', { zone: plan.timeZone, hour: plan.starts.slice(11, 16) })}
        </p>
      )}
    </section>
  );
}

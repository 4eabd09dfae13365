'use client';
import type { listMyMeetings } from '@parvis/contract/meet-schedule';
import type { OutputOf } from '@parvis/contract/operation';
import { EmptyState } from '@parvis/ui/EmptyState';
import { useNow, useTranslations } from 'next-intl';
import { CodeField } from './CodeField.tsx';
import { byDay, dayOf, standing } from './days.ts';
import { LiveLine } from './LiveLine.tsx';
import { MeetingRow } from './MeetingRow.tsx';
import type { MeetingsViewName } from './MeetingsPage.tsx';
import { useDayWords } from './useDayWords.ts';
import { useMeetings } from './useMeetings.ts';
import { useOwnZone } from './useOwnZone.ts';
import { WeekView } from './WeekView.tsx';

type Given = OutputOf<typeof listMyMeetings>;
/** Milliseconds between two looks at the clock. */
const clockMs = 30_000;
/** Meetings that go on of which each change is heard; of more one hears by looking now and then. */
const heardMax = 8;

interface Props {
  view: MeetingsViewName;
  day: string;
  span: { since: string; until: string };
  given: Given;
}

/** Meetings by day, those that go on first. */
export function MeetingsList({ view, day, span, given }: Props) {
  const t = useTranslations('meetings');
  const words = useDayWords();
  const zone = useOwnZone();
  const now = useNow({ updateInterval: clockMs });
  const [{ meetings, now: live }, changed] = useMeetings(given, span);
  if (view === 'week') return <WeekView day={day} zone={zone} meetings={meetings} />;
  const going = new Set(live.map(({ meetingId }) => meetingId));
  const today = dayOf(now, zone);
  const rest = meetings.filter((one) => {
    const over = standing(one, now) === 'over' || (one.cancelled && Date.parse(one.startsAt) < now.getTime());
    return view === 'past' ? over : !over && !going.has(one.meetingId);
  });
  const days = byDay(view === 'past' ? rest.toReversed() : rest, zone);
  return (
    <>
      {view === 'next' && <CodeField />}
      {view === 'next' && live.length > 0 && (
        <section aria-labelledby="meetings-now">
          <h2 id="meetings-now">{t('now')}</h2>
          {live.slice(0, heardMax).map(({ meetingId }) => (
            <LiveLine key={meetingId} id={meetingId} onChanged={() => void changed()} />
          ))}
          <ul className="meetings-day">
            {live.map((one) => (
              <MeetingRow
                key={one.meetingId}
                line={one}
                zone={zone}
                now={now}
                onChanged={() => void changed()}
              />
            ))}
          </ul>
        </section>
      )}
      {days.map(([one, lines]) => (
        <section key={one} aria-labelledby={`meetings-${one}`}>
          <h2 id={`meetings-${one}`}>
            <time dateTime={one}>{words(one, today)}</time>
          </h2>
          <ul className="meetings-day">
            {lines.map((line) => (
              <MeetingRow
                key={line.occurrenceId ?? line.meetingId}
                line={line}
                zone={zone}
                now={now}
                onChanged={() => void changed()}
              />
            ))}
          </ul>
        </section>
      ))}
      {days.length === 0 && (view === 'past' || live.length === 0) && (
        <EmptyState title={t(`none.${view}`)}>{t(`noneHelp.${view}`)}</EmptyState>
      )}
    </>
  );
}

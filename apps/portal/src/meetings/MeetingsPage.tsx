import './meetings.css';
import { listSpaces } from '@parvis/contract/directory';
import { listMyMeetings } from '@parvis/contract/meet-schedule';
import { TabLinks } from '@parvis/ui/TabLinks';
import Link from 'next/link';
import { getNow, getTimeZone, getTranslations } from 'next-intl/server';
import { ask, askOrLeave, me } from '../ask.ts';
import { CalendarButton } from './CalendarButton.tsx';
import { dayAfter, dayOf, mondayOf } from './days.ts';
import { MeetingActs } from './MeetingActs.tsx';
import { MeetingsList } from './MeetingsList.tsx';

const views = ['next', 'week', 'past'] as const;
export type MeetingsViewName = (typeof views)[number];
/** Days that the list of what comes, and of what was, looks at. */
const nextDays = 90;
const pastDays = 120;
const weekDays = 7;

export interface MeetingsQuery {
  view?: string;
  /** A day of the week that is shown. */
  day?: string;
  /** `schedule` opens the form at once. */
  do?: string;
}

/** The span of a view: whole days, and one more on either side, for those who look from another zone. */
function spanOf(view: MeetingsViewName, day: string, today: string): { since: string; until: string } {
  const [first, count] =
    view === 'week'
      ? [mondayOf(day), weekDays]
      : view === 'next'
        ? [today, nextDays]
        : [dayAfter(today, -pastDays), pastDays + 1];
  return { since: `${dayAfter(first, -1)}T12:00:00Z`, until: `${dayAfter(first, count)}T12:00:00Z` };
}

/** My meetings: those that go on, those that come, those that were; and the ways to hold one. */
export async function MeetingsPage({ query }: { query: MeetingsQuery }) {
  const [mine, t, now, timeZone] = await Promise.all([
    me(),
    getTranslations('meetings'),
    getNow(),
    getTimeZone(),
  ]);
  const view = views.find((one) => one === query.view) ?? 'next';
  const today = dayOf(now, timeZone);
  const day =
    /^\d{4}-\d{2}-\d{2}$/.test(query.day ?? '') && !Number.isNaN(Date.parse(query.day ?? ''))
      ? (query.day as string)
      : today;
  const span = spanOf(view, day, today);
  const [given, { spaces }] = await Promise.all([askOrLeave(listMyMeetings, span), ask(listSpaces, {})]);
  const places = spaces.filter(({ abilities }) => abilities.edit).map(({ id, title }) => ({ id, title }));
  const tabs = views.map((id) => ({
    id,
    title: t(`views.${id}`),
    href: id === 'next' ? '/meetings' : `/meetings?view=${id}`,
  }));
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <div className="p-bar-title">
            <h1>{t('title')}</h1>
          </div>
          <div className="p-bar-acts">
            <CalendarButton />
            {mine.person.kind === 'member' && (
              <MeetingActs spaces={places} name={mine.person.name} scheduling={query.do === 'schedule'} />
            )}
          </div>
        </header>
        <div className="p-scroll">
          <div className="meetings">
            <TabLinks as={Link} label={t('title')} tabs={tabs} current={view} />
            <MeetingsList key={`${view} ${day}`} view={view} day={day} span={span} given={given} />
          </div>
        </div>
      </main>
    </div>
  );
}

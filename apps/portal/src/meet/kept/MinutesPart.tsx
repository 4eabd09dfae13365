'use client';
import { call } from '@parvis/contract/call';
import type { Meeting } from '@parvis/contract/meet';
import { makeMinutes, type Minutes, type MinutesPoint } from '@parvis/contract/meet-minutes';
import type { Locale } from '@parvis/contract/shape';
import type { TranscriptLine } from '@parvis/contract/meet-transcript';
import { Banner } from '@parvis/ui/Banner';
import { Button, LinkButton } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { intlLocale } from '@parvis/ui/format';
import { FileText } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { clockOf } from './clock.ts';
import { documentOf } from './minutes-document.ts';

interface Props {
  meeting: Meeting;
  minutes: Minutes;
  lines: readonly TranscriptLine[];
  /** When the first line began. */
  first: string | null;
  onChange: () => Promise<void>;
}

const PlaceDialog = dynamic(() => import('./PlaceDialog.tsx').then((part) => part.PlaceDialog), {
  ssr: false,
});

/** The minutes: how they are made, what they say, and the way from each point to the words on which it rests. */
export function MinutesPart({ meeting, minutes, lines, first, onChange }: Props) {
  const t = useTranslations('meetKept');
  const problems = useTranslations('problems');
  const problem = useProblem();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const writes = meeting.myRole !== 'listener';
  const making = minutes.state === 'making';
  const has = minutes.summary.length + minutes.decisions.length + minutes.tasks.length > 0;
  async function act(promise: Promise<unknown>) {
    setBusy(true);
    setError(undefined);
    try {
      await promise;
      await onChange();
    } catch (thrown) {
      setError(problem(thrown));
    }
    setBusy(false);
  }
  return (
    <section aria-labelledby="meeting-minutes">
      <h2 id="meeting-minutes">{t('minutes')}</h2>
      <div className="kept-line">
        <p className="p-meta p-grow" role="status">
          {making
            ? t('making')
            : minutes.kind === 'model'
              ? t('byModel', { model: minutes.model ?? '' })
              : t('byOutline')}
        </p>
        {writes && (
          <Acts
            meeting={meeting}
            minutes={minutes}
            has={has}
            busy={busy}
            onAct={(one) => void act(one)}
            onChange={onChange}
          />
        )}
        {minutes.documentId !== null && (
          <LinkButton
            as={Link}
            size="small"
            icon={<Icon of={FileText} size="s" />}
            href={`/docs/${minutes.documentId}`}
          >
            {t('openDocument')}
          </LinkButton>
        )}
      </div>
      {error !== undefined && <Banner tone="bad">{error}</Banner>}
      {minutes.state === 'failed' && minutes.code !== null && (
        <Banner tone="bad">
          {problems.has(minutes.code) ? problems(minutes.code) : problems('internal')}
        </Banner>
      )}
      {has && !making && <Points minutes={minutes} lines={lines} first={first} />}
    </section>
  );
}

interface ActsProps {
  meeting: Meeting;
  minutes: Minutes;
  has: boolean;
  busy: boolean;
  onAct: (promise: Promise<unknown>) => void;
  onChange: () => Promise<void>;
}

/** Has them drawn up, and makes a document of them: in the space of the meeting, or in one that is chosen. */
function Acts({ meeting, minutes, has, busy, onAct, onChange }: ActsProps) {
  const [asking, setAsking] = useState(false);
  const t = useTranslations('meetKept');
  const locale = useLocale() as Locale;
  const { id, spaceId } = meeting;
  return (
    <>
      <Button
        size="small"
        kind={has ? 'plain' : 'main'}
        busy={busy || minutes.state === 'making'}
        onClick={() => onAct(call(makeMinutes, { id, locale }))}
      >
        {t(has ? 'makeAgain' : 'make')}
      </Button>
      {has && minutes.state === 'ready' && minutes.documentId === null && (
        <Button
          size="small"
          kind="main"
          busy={busy}
          icon={<Icon of={FileText} size="s" />}
          onClick={() => (spaceId === null ? setAsking(true) : onAct(documentOf(id, spaceId)))}
        >
          {t('makeDocument')}
        </Button>
      )}
      {asking && <PlaceDialog meetingId={id} close={() => setAsking(false)} onDone={onChange} />}
    </>
  );
}

function Points({ minutes, lines, first }: Pick<Props, 'minutes' | 'lines' | 'first'>) {
  const t = useTranslations('meetKept');
  const locale = useLocale();
  const day = new Intl.DateTimeFormat(intlLocale(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  const from = Date.parse(first ?? '');
  const times = new Map(lines.map(({ id, startedAt }) => [id, clockOf(Date.parse(startedAt) - from)]));
  const rests = (point: MinutesPoint) =>
    point.lines.slice(0, 5).map((id) => (
      <a
        key={id}
        className="kept-time"
        href={`#line-${id}`}
        aria-label={t('toLine', { time: times.get(id) ?? '' })}
      >
        {times.get(id)}
      </a>
    ));
  const part = (key: 'summary' | 'decisions', points: readonly MinutesPoint[]) =>
    points.length > 0 && (
      <>
        <h3>{t(key)}</h3>
        <ul className="kept-points">
          {points.map((point) => (
            <li key={`${point.lines.join()} ${point.text}`} dir="auto">
              {point.text} {rests(point)}
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <div className="kept-minutes" lang={minutes.language}>
      {part('summary', minutes.summary)}
      {part('decisions', minutes.decisions)}
      {minutes.tasks.length > 0 && (
        <>
          <h3>{t('tasks')}</h3>
          <ul className="kept-points">
            {minutes.tasks.map((task) => (
              <li key={`${task.lines.join()} ${task.text}`} dir="auto">
                {task.text}
                {task.assignee !== null && (
                  <>
                    {' · '}
                    <bdi>{task.assignee.name}</bdi>
                  </>
                )}
                {task.due !== null && (
                  <>
                    {' · '}
                    <bdi>{day.format(new Date(`${task.due}T12:00:00Z`))}</bdi>
                  </>
                )}{' '}
                {rests(task)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

'use client';
import './history.css';
import type { Sitting, Version } from '@parvis/contract/doc-history';
import { Avatar } from '@parvis/ui/Avatar';
import { Button } from '@parvis/ui/Button';
import { ErrorState } from '@parvis/ui/ErrorState';
import { clockTime, exactTime, nameList, relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import { GitCompare, Tag } from 'lucide-react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import type { PanelProps } from '../panels.tsx';
import { NameDialog } from './NameDialog.tsx';
import { useHistory } from './useHistory.ts';
import { type Past, usePast } from './usePast.ts';

/** Faces of one sitting before the number of the others. */
const facesMax = 3;

/** The versions that have a name, then who wrote when, day by day; a press shows the text of that moment. */
export function HistoryPanel({ document, connection }: PanelProps) {
  const t = useTranslations('docsHistory');
  const problem = useProblem();
  const { past, look } = usePast();
  const { history, error, more, retry } = useHistory(document, connection.doc);
  const [naming, setNaming] = useState(false);
  if (history === null && error !== null)
    return (
      <ErrorState
        level={3}
        title={t('failed')}
        action={<Button onClick={() => void retry()}>{t('again')}</Button>}
      >
        {problem(error)}
      </ErrorState>
    );
  if (history === null) return <SkeletonLines label={t('loading')} rows={6} />;
  const { versions, sittings, lastSeq, before } = history;
  return (
    <div className="past-panel">
      <Button icon={<Icon of={Tag} size="s" />} wide onClick={() => setNaming(true)}>
        {t('nameNow')}
      </Button>
      {naming && <NameDialog document={document} close={() => setNaming(false)} />}
      {versions.length > 0 && (
        <section>
          <h3>{t('versions')}</h3>
          <ol>
            {versions.map((version) => (
              <VersionRow key={version.id} version={version} past={past} look={look} />
            ))}
          </ol>
        </section>
      )}
      <Days sittings={sittings} lastSeq={lastSeq} past={past} look={look} />
      {before !== null && (
        <Button
          kind="quiet"
          wide
          onClick={() => void more().catch((thrown: unknown) => toast(problem(thrown), { tone: 'bad' }))}
        >
          {t('earlier')}
        </Button>
      )}
    </div>
  );
}

interface LookProps {
  readonly past: Past | null;
  readonly look: (past: Past | null) => void;
}

function VersionRow({ version, past, look }: LookProps & { version: Version }) {
  const t = useTranslations('docsHistory');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const when = relativeTime(version.at, locale, now, { timeZone });
  return (
    <Row seq={version.seq} label={version.name ?? t('replaced')} past={past} look={look} other={null}>
      <bdi className="past-name">{version.name ?? t('replaced')}</bdi>
      <span className="p-meta" title={exactTime(version.at, locale, { timeZone })}>
        {version.by === null ? when : t('byWhen', { name: version.by.name, when })}
      </span>
    </Row>
  );
}

function Days({
  sittings,
  lastSeq,
  past,
  look,
}: LookProps & { sittings: readonly Sitting[]; lastSeq: number }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const dayOf = ({ endedAt }: Sitting) =>
    new Intl.DateTimeFormat(`${locale}-u-nu-latn`, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone,
    }).format(new Date(endedAt));
  const days = new Map<string, Sitting[]>();
  for (const sitting of sittings) {
    const day = dayOf(sitting);
    days.set(day, [...(days.get(day) ?? []), sitting]);
  }
  return [...days].map(([day, inDay]) => (
    <section key={day}>
      <h3>{day}</h3>
      <ol>
        {inDay.map((sitting) => (
          <SittingRow
            key={sitting.firstSeq}
            sitting={sitting}
            current={sitting.lastSeq === lastSeq}
            past={past}
            look={look}
          />
        ))}
      </ol>
    </section>
  ));
}

function SittingRow({ sitting, current, past, look }: LookProps & { sitting: Sitting; current: boolean }) {
  const t = useTranslations('docsHistory');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const [from, to] = [sitting.beganAt, sitting.endedAt].map((at) => clockTime(at, locale, { timeZone }));
  const span = from === to ? t('at', { from: from ?? '' }) : t('span', { from: from ?? '', to: to ?? '' });
  const people = sitting.writers.map(({ person }) => person);
  const names = nameList(
    people.map(({ name }) => name),
    locale,
  );
  const edits = sitting.writers.reduce((sum, one) => sum + one.edits, 0);
  const inside = (
    <>
      <span className="past-line">
        <span>{current ? t('now', { span }) : span}</span>
        <span className="past-faces">
          {people.slice(0, facesMax).map((person) => (
            <Avatar key={person.id} id={person.id} name={person.name} size="s" />
          ))}
          {people.length > facesMax && <span className="p-meta">+{people.length - facesMax}</span>}
        </span>
      </span>
      <span className="p-meta">
        <bdi>{names}</bdi> · {t('edits', { count: edits })}
      </span>
    </>
  );
  if (!sitting.kept)
    return (
      <li className="past-row past-gone">
        <div className="past-look">
          {inside}
          <span className="p-meta">{t('gone')}</span>
        </div>
      </li>
    );
  return (
    <Row
      seq={sitting.lastSeq}
      label={`${span} ${names}`}
      past={past}
      look={look}
      other={sitting.firstSeq - 1}
    >
      {inside}
    </Row>
  );
}

interface RowProps extends LookProps {
  readonly seq: number;
  readonly label: string;
  /** What it is compared with when it is chosen. */
  readonly other: number | null;
  readonly children: React.ReactNode;
}

/** One moment to choose; while another one is shown, also to compare with it. */
function Row({ seq, label, past, look, other, children }: RowProps) {
  const t = useTranslations('docsHistory');
  const isShown = past?.at === seq;
  return (
    <li className="past-row">
      <button
        type="button"
        className="past-look"
        aria-current={isShown ? 'true' : undefined}
        onClick={() => look({ at: seq, other })}
      >
        {children}
      </button>
      {past !== null && !isShown && (
        <IconButton
          label={t('compareWith', { label })}
          tipAlign="end"
          pressed={past.other === seq}
          onClick={() => look({ at: past.at, other: seq })}
        >
          <Icon of={GitCompare} size="s" />
        </IconButton>
      )}
    </li>
  );
}

'use client';
import './history.css';
import '../reading/reading.css';
import { call } from '@parvis/contract/call';
import { compareMoments, readMoment } from '@parvis/contract/doc-history';
import type { Document } from '@parvis/contract/docs';
import type { OutputOf } from '@parvis/contract/operation';
import { Button } from '@parvis/ui/Button';
import { ErrorState } from '@parvis/ui/ErrorState';
import { Seg } from '@parvis/ui/Seg';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { Blocks } from '../reading/Blocks.tsx';
import { Changes } from './Changes.tsx';
import { PastActions } from './PastActions.tsx';
import { People } from './People.tsx';
import { useExact } from './useExact.ts';
import type { Past } from './usePast.ts';
import { useReading } from './useReading.ts';

type Read = OutputOf<typeof readMoment>;
type Compared = OutputOf<typeof compareMoments>;
type Shown = { kind: 'text' | 'authors'; read: Read } | { kind: 'changes'; compared: Compared };
type Look = Shown['kind'];

interface Props {
  document: Document;
  past: Past;
  onLook: (past: Past | null) => void;
}

/** Asks for what is to be shown; what was asked for before and comes late is dropped. */
function useShown(id: string, { at, other }: Past, look: Look) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let here = true;
    setShown(null);
    setError(null);
    const asked: Promise<Shown> =
      look === 'changes' && other !== null
        ? call(compareMoments, { id, from: Math.min(at, other), to: Math.max(at, other) }).then(
            (compared) => ({
              kind: 'changes',
              compared,
            }),
          )
        : call(readMoment, { id, seq: at, authors: look === 'authors' ? 'true' : 'false' }).then((read) => ({
            kind: look === 'authors' ? 'authors' : 'text',
            read,
          }));
    asked.then(
      (answer) => here && setShown(answer),
      (thrown: unknown) => here && setError(thrown),
    );
    return () => {
      here = false;
    };
  }, [id, at, other, look]);
  return { shown, error };
}

/** The text of a moment in place of the document: as it was, what changed, or who wrote what. Nothing can be written. */
export function PastView({ document, past, onLook }: Props) {
  const t = useTranslations('docsHistory');
  const problem = useProblem();
  const [chosen, setChosen] = useState<Look>('changes');
  const look = chosen === 'changes' && past.other === null ? 'text' : chosen;
  const { shown, error } = useShown(document.id, past, look);
  const choices = [
    ...(past.other === null ? [] : [{ id: 'changes' as const, label: t('look.changes') }]),
    { id: 'text' as const, label: t('look.text') },
    { id: 'authors' as const, label: t('look.authors') },
  ];
  return (
    <article className="docs-page past" aria-label={t('past')}>
      <header className="past-head">
        <h1 className="docs-title" dir="auto">
          {document.title}
        </h1>
        <Heading shown={shown} />
        <div className="past-acts">
          <Seg
            label={t('look.label')}
            options={choices}
            value={look}
            onChange={(id) => setChosen(id as Look)}
          />
          <PastActions document={document} past={past} onLook={onLook} />
        </div>
      </header>
      {error !== null && (
        <ErrorState title={t('failed')} action={<Button onClick={() => onLook(null)}>{t('back')}</Button>}>
          {problem(error)}
        </ErrorState>
      )}
      {shown === null && error === null && <SkeletonLines label={t('loading')} rows={8} faces={false} />}
      {shown?.kind === 'changes' && <Changes compared={shown.compared} />}
      {(shown?.kind === 'text' || shown?.kind === 'authors') && <Text read={shown.read} />}
    </article>
  );
}

function Heading({ shown }: { shown: Shown | null }) {
  const t = useTranslations('docsHistory');
  const exact = useExact();
  if (shown === null) return <h2>{t('past')}</h2>;
  if (shown.kind !== 'changes') return <h2>{exact(shown.read.moment.at)}</h2>;
  const { from, to } = shown.compared;
  return (
    <h2>
      {from.at === null
        ? t('changesUpTo', { to: exact(to.at) })
        : t('changesBetween', { from: exact(from.at), to: exact(to.at) })}
    </h2>
  );
}

function Text({ read }: { read: Read }) {
  const context = useReading(read.people, read.blocks);
  return (
    <>
      <People people={read.people} />
      <div className="read">
        <Blocks blocks={read.blocks} context={context} />
      </div>
    </>
  );
}

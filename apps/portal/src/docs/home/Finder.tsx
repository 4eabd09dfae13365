'use client';
import { call } from '@parvis/contract/call';
import { type DocumentHit, searchDocuments } from '@parvis/contract/doc-search';
import { queryLengthMax, searchPageMax } from '@parvis/contract/limits';
import { Glyph } from '@parvis/ui/Glyph';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { Hits } from './Hits.tsx';

/** Milliseconds of rest in the typing before it is asked for. */
const restMs = 150;
const dayMs = 86_400_000;
const ages = { any: null, week: 7, month: 31, year: 366 } as const;
type Age = keyof typeof ages;

interface Props {
  spaces: readonly { id: string; title: string }[];
  /** What stands here while nothing is looked for. */
  children: ReactNode;
}
interface Found {
  readonly text: string;
  readonly hits: readonly DocumentHit[] | null;
  readonly error: unknown;
}

/** Looks for documents by their words, as they are typed, and narrows by space and age. */
export function Finder({ spaces, children }: Props) {
  const t = useTranslations('docsHome');
  const problem = useProblem();
  const [text, setText] = useState(useSearchParams().get('q') ?? '');
  const [spaceId, setSpaceId] = useState('all');
  const [age, setAge] = useState<Age>('any');
  const found = useFound(text.trim(), spaceId, age);
  const seeking = text.trim() !== '';
  return (
    <>
      <search className="docs-find">
        <TextField
          label={t('find')}
          labelHidden
          placeholder={t('find')}
          start={<Glyph name="search" />}
          type="search"
          dir="auto"
          maxLength={queryLengthMax}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {seeking && (
          <>
            <Select
              label={t('inSpace')}
              labelHidden
              value={spaceId}
              onChange={setSpaceId}
              options={[
                { id: 'all', label: t('everySpace') },
                ...spaces.map(({ id, title }) => ({ id, label: title })),
              ]}
            />
            <Select
              label={t('age')}
              labelHidden
              value={age}
              onChange={(id) => setAge(id as Age)}
              options={(Object.keys(ages) as Age[]).map((id) => ({ id, label: t(`ages.${id}`) }))}
            />
          </>
        )}
      </search>
      {seeking ? (
        <>
          <p className="p-sr" role="status">
            {found?.hits != null && t('found', { count: found.hits.length })}
          </p>
          {found?.error != null && <p className="docs-home-none">{problem(found.error)}</p>}
          {found?.hits != null && <Hits hits={found.hits} />}
          {found?.hits?.length === 0 && (
            <p className="p-meta docs-home-none">{t('foundNothing', { text: found.text })}</p>
          )}
        </>
      ) : (
        children
      )}
    </>
  );
}

/** What was found last; it stays while the next is being looked for. */
function useFound(text: string, spaceId: string, age: Age): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const url = new URL(window.location.href);
    if (text === '') url.searchParams.delete('q');
    else url.searchParams.set('q', text);
    if (url.href !== window.location.href) window.history.replaceState(null, '', url);
    if (text === '') return setFound(null);
    const stop = new AbortController();
    const days = ages[age];
    const timer = setTimeout(() => {
      const narrowed = {
        ...(spaceId === 'all' ? {} : { spaceId }),
        ...(days === null ? {} : { since: new Date(Date.now() - days * dayMs).toISOString() }),
      };
      call(searchDocuments, { q: text, limit: searchPageMax, ...narrowed }, { signal: stop.signal }).then(
        ({ hits }) => setFound({ text, hits, error: null }),
        (error: unknown) => !stop.signal.aborted && setFound({ text, hits: null, error }),
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, spaceId, age]);
  return found;
}

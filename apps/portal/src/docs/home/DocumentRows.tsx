'use client';
import { call } from '@parvis/contract/call';
import { favourDocument, type Listed } from '@parvis/contract/doc-list';
import { exactTime, relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { toast } from '@parvis/ui/Toast';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useProblem } from '../../problems/useProblem.ts';
import { ThingIcon } from '../../shell/ThingIcon.tsx';
import { Star } from '../tree/Star.tsx';

interface Props {
  documents: readonly Listed[];
  list: 'recent' | 'favourite' | 'shared' | 'mine';
  label: string;
}

/** Documents in a list: where each lies, when it was opened or changed, and the star. Favourites are put in order. */
export function DocumentRows({ documents, list, label }: Props) {
  return (
    <ul className="rows docs-rows" aria-label={label}>
      {documents.map((document, at) => (
        <li key={document.id}>
          <DocumentLink
            document={document}
            time={list === 'recent' ? document.visitedAt : document.updatedAt}
          />
          {list === 'favourite' && <Order documents={documents} at={at} />}
          <Star id={document.id} title={document.title} on={document.favourite} />
        </li>
      ))}
    </ul>
  );
}

function DocumentLink({ document, time }: { document: Listed; time: string | null }) {
  const t = useTranslations('docsHome');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  return (
    <Link className="row-link" href={`/docs/${document.id}`}>
      <ThingIcon kind="document" />
      <span className="row-text">
        <bdi>{document.title}</bdi>
        <span className="p-meta">
          <bdi>{document.place ?? t('sharedAlone')}</bdi>
          {document.owner !== null && (
            <>
              {' · '}
              <bdi>{document.owner.name}</bdi>
            </>
          )}
        </span>
      </span>
      {time !== null && (
        <time className="row-end" dateTime={time} title={exactTime(time, locale, { timeZone })}>
          {relativeTime(time, locale, now, { timeZone })}
        </time>
      )}
    </Link>
  );
}

/** One place up or down in the order of favourites. */
function Order({ documents, at }: { documents: readonly Listed[]; at: number }) {
  const t = useTranslations('docsHome');
  const problem = useProblem();
  const router = useRouter();
  const document = documents[at] as Listed;
  const put = (beforeId: string | undefined) => () => {
    call(favourDocument, { id: document.id, beforeId }).then(
      () => router.refresh(),
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
  };
  return (
    <>
      <IconButton
        label={t('up', { title: document.title })}
        disabled={at === 0}
        onClick={put(documents[at - 1]?.id)}
        tipAlign="end"
      >
        <Icon of={ArrowUp} />
      </IconButton>
      <IconButton
        label={t('down', { title: document.title })}
        disabled={at === documents.length - 1}
        onClick={put(documents[at + 2]?.id)}
        tipAlign="end"
      >
        <Icon of={ArrowDown} />
      </IconButton>
    </>
  );
}

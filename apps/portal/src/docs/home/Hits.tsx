'use client';
import './home.css';
import type { DocumentHit, Stretch } from '@parvis/contract/doc-search';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ThingIcon } from '../../shell/ThingIcon.tsx';

/** A text in which what was looked for is marked. */
export function Marked({ stretches }: { stretches: readonly Stretch[] }) {
  return stretches.map(({ text, marked }, at) => (marked ? <mark key={at}>{text}</mark> : text));
}

/** The address of a hit: the block in which the words stand, or the document. */
export function wayToHit({ document, blockId }: DocumentHit): string {
  return `/docs/${document.id}${blockId === null ? '' : `#${encodeURIComponent(blockId)}`}`;
}

/** Documents that were found, each with the words in their place. */
export function Hits({ hits }: { hits: readonly DocumentHit[] }) {
  const t = useTranslations('docsHome');
  return (
    <ul className="rows docs-hits" aria-label={t('results')}>
      {hits.map((hit) => (
        <li key={hit.document.id}>
          <Link className="row-link" href={wayToHit(hit)}>
            <ThingIcon kind="document" />
            <span className="docs-hit">
              <bdi className="p-strong">
                <Marked stretches={hit.title} />
              </bdi>
              {hit.context.length > 0 && (
                <span className="docs-hit-context" dir="auto">
                  <Marked stretches={hit.context} />
                </span>
              )}
              <span className="p-meta">
                <bdi>{hit.document.place ?? t('sharedAlone')}</bdi>
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

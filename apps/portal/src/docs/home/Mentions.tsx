'use client';
import type { Reference } from '@parvis/contract/doc-links';
import { exactTime, relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { AtSign } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useNow, useTimeZone } from 'next-intl';

/** Where documents mention me: the words around, and the way there. */
export function Mentions({ mentions, label }: { mentions: readonly Reference[]; label: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  return (
    <ul className="rows docs-hits" aria-label={label}>
      {mentions.map(({ document, blockId, context, at }) => (
        <li key={`${document.id}/${blockId}`}>
          <Link className="row-link" href={`/docs/${document.id}#${encodeURIComponent(blockId)}`}>
            <span className="p-kind">
              <Icon of={AtSign} />
            </span>
            <span className="docs-hit">
              <bdi className="p-strong">{document.title}</bdi>
              <span className="docs-hit-context" dir="auto">
                {context}
              </span>
            </span>
            <time className="row-end" dateTime={at} title={exactTime(at, locale, { timeZone })}>
              {relativeTime(at, locale, now, { timeZone })}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  );
}

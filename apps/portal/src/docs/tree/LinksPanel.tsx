'use client';
import './tree.css';
import { call } from '@parvis/contract/call';
import { listBacklinks, type Reference } from '@parvis/contract/doc-links';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import type { PanelProps } from '../panels.tsx';
import { useNotices } from './useNotices.ts';

/** Where other documents link to this one. */
export function LinksPanel({ document }: PanelProps) {
  const t = useTranslations('docsTree');
  const problem = useProblem();
  const [links, setLinks] = useState<readonly Reference[] | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const read = useCallback(() => {
    call(listBacklinks, { id: document.id }).then(
      (answer) => setLinks(answer.links),
      (error: unknown) => setFailed(error),
    );
  }, [document.id]);
  useEffect(read, [read]);
  useNotices([document.id], read);
  if (failed !== null) return <p className="tree-none">{problem(failed)}</p>;
  if (links === null) return <SkeletonLines label={t('linksLoading')} rows={4} faces={false} />;
  if (links.length === 0) return <p className="p-meta tree-none">{t('noLinks')}</p>;
  return (
    <ul className="tree-references">
      {links.map((one) => (
        <li key={`${one.document.id}/${one.blockId}`}>
          <Link href={`/docs/${one.document.id}#${encodeURIComponent(one.blockId)}`}>
            <bdi className="p-strong p-cut">{one.document.title}</bdi>
            <span className="tree-context" dir="auto">
              {one.context}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

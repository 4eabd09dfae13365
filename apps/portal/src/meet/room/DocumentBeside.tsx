'use client';
import { call } from '@parvis/contract/call';
import { type Document, getDocument } from '@parvis/contract/docs';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

interface Props {
  /** Null until somebody makes it. */
  documentId: string | null;
  holds: Document['holds'];
  /** Said of a document of the other form: whoever named it may have named any. */
  wrong: string;
  /** In its place while there is none. */
  none: ReactNode;
  children: (document: Document) => ReactNode;
}

/** A document that stands beside a meeting: its notes, its board. */
export function DocumentBeside({ documentId, holds, wrong, none, children }: Props) {
  const t = useTranslations('meetRoom');
  const problem = useProblem();
  const [document, setDocument] = useState<Document | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (documentId === null) return;
    let left = false;
    call(getDocument, { id: documentId }).then(
      (found) => !left && setDocument(found),
      (failed: unknown) => !left && setError(failed),
    );
    return () => {
      left = true;
    };
  }, [documentId]);
  if (error !== null) return <p className="meet-panel-note">{problem(error)}</p>;
  if (documentId === null) return none;
  if (document === null) return <SkeletonLines label={t('opening')} rows={5} faces={false} />;
  if (document.holds !== holds) return <p className="meet-panel-note">{wrong}</p>;
  return children(document);
}

'use client';
import { call } from '@parvis/contract/call';
import { createDocument, type Document, getDocument } from '@parvis/contract/docs';
import { type Meeting, setMeetingBoard } from '@parvis/contract/meet';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { BoardOf } from '../../board/BoardOf.tsx';
import { useProblem } from '../../problems/useProblem.ts';
import { OpenBeside } from './OpenBeside.tsx';

/** The board that everybody here draws on: a document of the space, which stays when the meeting is over. */
export function BoardPanel({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  const problem = useProblem();
  const [document, setDocument] = useState<Document | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { boardId } = meeting;
  useEffect(() => {
    if (boardId === null) return;
    let left = false;
    call(getDocument, { id: boardId }).then(
      (found) => !left && setDocument(found),
      (failed: unknown) => !left && setError(failed),
    );
    return () => {
      left = true;
    };
  }, [boardId]);
  if (error !== null) return <p className="meet-panel-note">{problem(error)}</p>;
  if (boardId === null) return <NoBoard meeting={meeting} />;
  if (document === null) return <SkeletonLines label={t('opening')} rows={5} faces={false} />;
  // Whoever named the document may have named any: a text is not drawn over.
  if (document.holds !== 'board') return <p className="meet-panel-note">{t('notABoard')}</p>;
  return <BoardOf key={document.id} document={document} link={undefined} />;
}

function NoBoard({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  const locale = useLocale();
  async function open(parentId: string) {
    const title = t('boardOf', { title: meeting.title, day: new Date().toLocaleDateString(locale) });
    const made = await call(createDocument, { parentId, title, holds: 'board' });
    await call(setMeetingBoard, { id: meeting.id, documentId: made.id });
  }
  const says = { none: t('noBoard'), nowhere: t('boardNowhere'), open: t('openBoard') };
  return <OpenBeside spaceId={meeting.spaceId} says={says} onOpen={open} />;
}

'use client';
import { call } from '@parvis/contract/call';
import { createDocument } from '@parvis/contract/docs';
import { type Meeting, setMeetingBoard } from '@parvis/contract/meet';
import { useLocale, useTranslations } from 'next-intl';
import { BoardOf } from '../../board/BoardOf.tsx';
import { DocumentBeside } from './DocumentBeside.tsx';
import { OpenBeside } from './OpenBeside.tsx';

/** The board that everybody here draws on: a document of the space, which stays when the meeting is over. */
export function BoardPanel({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  return (
    <DocumentBeside
      documentId={meeting.boardId}
      holds="board"
      wrong={t('notABoard')}
      none={<NoBoard meeting={meeting} />}
    >
      {(document) => <BoardOf key={document.id} document={document} link={undefined} />}
    </DocumentBeside>
  );
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

'use client';
import '../../docs/docs.css';
import { call } from '@parvis/contract/call';
import { createDocument, type Document, getDocument } from '@parvis/contract/docs';
import { type Meeting, setMeetingNotes } from '@parvis/contract/meet';
import { LinkButton } from '@parvis/ui/Button';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { EditorView } from '../../docs/editor/EditorView.tsx';
import { useConnection } from '../../docs/useConnection.ts';
import { useProblem } from '../../problems/useProblem.ts';
import { useFrame } from '../../shell/AppFrame.tsx';
import { OpenBeside } from './OpenBeside.tsx';

const nothing = () => undefined;

/** Notes that everybody writes in while the meeting goes on: a document of the space, which stays. */
export function NotesPanel({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  const problem = useProblem();
  const [document, setDocument] = useState<Document | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { notesId } = meeting;
  useEffect(() => {
    if (notesId === null) return;
    let left = false;
    call(getDocument, { id: notesId }).then(
      (found) => !left && setDocument(found),
      (failed: unknown) => !left && setError(failed),
    );
    return () => {
      left = true;
    };
  }, [notesId]);
  if (error !== null) return <p className="meet-panel-note">{problem(error)}</p>;
  if (notesId === null) return <NoNotes meeting={meeting} />;
  if (document === null) return <SkeletonLines label={t('opening')} rows={5} faces={false} />;
  if (document.holds !== 'text') return <p className="meet-panel-note">{t('notAText')}</p>;
  return <Notes key={document.id} document={document} />;
}

function NoNotes({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  const locale = useLocale();
  async function open(parentId: string) {
    const title = t('notesOf', { title: meeting.title, day: new Date().toLocaleDateString(locale) });
    const made = await call(createDocument, { parentId, title });
    await call(setMeetingNotes, { id: meeting.id, documentId: made.id });
  }
  const says = { none: t('noNotes'), nowhere: t('notesNowhere'), open: t('openNotes') };
  return <OpenBeside spaceId={meeting.spaceId} says={says} onOpen={open} />;
}

function Notes({ document }: { document: Document }) {
  const t = useTranslations('meetRoom');
  const { person } = useFrame();
  const { connection, status } = useConnection(document, person.id, undefined);
  return (
    <div className="meet-notes">
      {connection !== null && status.synced ? (
        <EditorView
          document={document}
          connection={connection}
          person={person}
          mayWrite={status.right === 'write'}
          link={undefined}
          onEditor={nothing}
        />
      ) : (
        <SkeletonLines label={t('opening')} rows={5} faces={false} />
      )}
      <LinkButton kind="quiet" size="small" href={`/docs/${document.id}`} target="_blank">
        {t('notesWhole')}
      </LinkButton>
    </div>
  );
}

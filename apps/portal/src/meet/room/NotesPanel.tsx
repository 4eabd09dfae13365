'use client';
import '../../docs/docs.css';
import { call } from '@parvis/contract/call';
import { createDocument, type Document } from '@parvis/contract/docs';
import { type Meeting, setMeetingNotes } from '@parvis/contract/meet';
import { LinkButton } from '@parvis/ui/Button';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useLocale, useTranslations } from 'next-intl';
import { EditorView } from '../../docs/editor/EditorView.tsx';
import { useConnection } from '../../docs/useConnection.ts';
import { useFrame } from '../../shell/AppFrame.tsx';
import { DocumentBeside } from './DocumentBeside.tsx';
import { OpenBeside } from './OpenBeside.tsx';

const nothing = () => undefined;

/** Notes that everybody writes in while the meeting goes on: a document of the space, which stays. */
export function NotesPanel({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  return (
    <DocumentBeside
      documentId={meeting.notesId}
      holds="text"
      wrong={t('notAText')}
      none={<NoNotes meeting={meeting} />}
    >
      {(document) => <Notes key={document.id} document={document} />}
    </DocumentBeside>
  );
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

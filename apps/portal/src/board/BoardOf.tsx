'use client';
import '../docs/docs.css';
import type { Document } from '@parvis/contract/docs';
import { Banner } from '@parvis/ui/Banner';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Gone } from '../docs/Gone.tsx';
import { SavedSign } from '../docs/SavedSign.tsx';
import { useConnection } from '../docs/useConnection.ts';
import { useFrame } from '../shell/AppFrame.tsx';
import { useBoard } from './useBoard.ts';

const DrawingBoard = dynamic(() => import('./DrawingBoard.tsx').then((part) => part.DrawingBoard), {
  ssr: false,
  loading: () => <Opening />,
});

function Opening() {
  const t = useTranslations('docs');
  return <SkeletonLines label={t('opening')} rows={5} faces={false} />;
}

/** The board of a document, on its own page or beside a meeting: what it says of the connection, and the drawing. */
export function BoardOf({ document, link }: { document: Document; link: string | undefined }) {
  const t = useTranslations('docs');
  const { person } = useFrame();
  const { connection, status } = useConnection(document, person.id, link);
  if (status.gone !== null) return <Gone why={status.gone} documentId={document.id} personId={person.id} />;
  if (connection === null) return <Opening />;
  return (
    <>
      {status.link === 'waiting' && (
        <Banner flat tone="wait">
          {t('offline')}
        </Banner>
      )}
      {status.link === 'ended' && (
        <Banner flat tone="bad">
          {t('signedOut')}
        </Banner>
      )}
      <Drawn
        document={document}
        connection={connection}
        synced={status.synced}
        mayWrite={status.right === 'write'}
      />
      <p className="board-foot">
        <SavedSign connection={connection} />
        {status.synced && status.right === 'read' && <span className="p-meta">{t('readOnly')}</span>}
      </p>
    </>
  );
}

interface DrawnProps {
  document: Document;
  connection: NonNullable<ReturnType<typeof useConnection>['connection']>;
  synced: boolean;
  mayWrite: boolean;
}

function Drawn({ document, connection, synced, mayWrite }: DrawnProps) {
  const board = useBoard(connection, synced);
  if (board === null) return <Opening />;
  return <DrawingBoard key={String(mayWrite)} board={board} title={document.title} mayWrite={mayWrite} />;
}

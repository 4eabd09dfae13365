'use client';
import './docs.css';
import type { Document } from '@parvis/contract/docs';
import type { Crumb, Space } from '@parvis/contract/directory';
import { Banner } from '@parvis/ui/Banner';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { z } from 'zod';
import { useFrame } from '../shell/AppFrame.tsx';
import type { DocumentStanding } from './document-status.ts';
import { DocumentBar } from './DocumentBar.tsx';
import { DocumentPanel } from './DocumentPanel.tsx';
import type { DocumentEditor } from './editor/document-editor.ts';
import { Gone } from './Gone.tsx';
import { usePast } from './history/usePast.ts';
import { KeptTexts } from './offline/KeptTexts.tsx';
import { useKeptPage } from './offline/useKeptPage.ts';
import { TitleField } from './TitleField.tsx';
import { useBlockAddress } from './tree/useBlockAddress.ts';
import { useLiveDocument } from './tree/useLiveDocument.ts';
import { useVisit } from './tree/useVisit.ts';
import { useModes } from './suggestions/useModes.ts';
import { useConnection } from './useConnection.ts';
import { useHere } from './useHere.ts';
import { usePanel } from './usePanel.ts';
import { useWriting } from './writing/useWriting.ts';
import { Here } from './writing/Here.tsx';
import { WritingTools } from './writing/WritingTools.tsx';

const EditorView = dynamic(() => import('./editor/EditorView.tsx').then((part) => part.EditorView), {
  ssr: false,
});
const PastView = dynamic(() => import('./history/PastView.tsx').then((part) => part.PastView), {
  ssr: false,
});

const CommentsOfText = dynamic(
  () => import('./comments/CommentsOfText.tsx').then((part) => part.CommentsOfText),
  { ssr: false },
);

interface Props {
  document: Document;
  space: Space | null;
  /** Where it lies, from the space down. */
  path: readonly z.infer<typeof Crumb>[];
  /** The secret of the link that the person came by. */
  link: string | undefined;
}

/** A document: the text that several people write at once, who is here, whether it is saved, and a panel beside it. */
export function DocumentView({ document: given, space, path, link }: Props) {
  const document = useLiveDocument(given, link);
  const t = useTranslations('docs');
  const { person } = useFrame();
  const { connection, status } = useConnection(document, person.id, link);
  useKeptPage(document, status, link);
  const here = useHere(connection, person.id);
  const { panel, show } = usePanel();
  const { past, look } = usePast();
  const [editor, setEditor] = useState<DocumentEditor | null>(null);
  useVisit(link === undefined ? document.id : null);
  useBlockAddress(editor !== null);
  const { mode, setMode } = useModes(editor, person.id);
  const writing = useWriting(connection, here);
  const mayWrite = status.right === 'write';
  const writes = mayWrite && mode !== 'viewing' && past === null;
  if (status.gone !== null) return <Gone why={status.gone} documentId={document.id} personId={person.id} />;
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <DocumentBar
          document={document}
          path={path}
          link={link}
          connection={connection}
          panel={panel}
          onPanel={show}
          mode={mayWrite ? mode : null}
          onMode={setMode}
          writing={writing}
        >
          {here.length > 0 && <Here here={here} writing={writing} />}
        </DocumentBar>
        <Lines status={status} />
        <KeptTexts documentId={document.id} personId={person.id} open={status.synced} />
        <WritingTools document={document} editor={editor} mayWrite={writes} writing={writing} />
        <div className="p-scroll">
          {past !== null && <PastView document={document} past={past} onLook={look} />}
          <article className="docs-page" data-own-keys hidden={past !== null}>
            <Head document={document} space={space} readOnly={status.right === 'read' && status.synced} />
            {connection !== null && status.synced ? (
              <EditorView
                document={document}
                connection={connection}
                person={person}
                mayWrite={writes}
                link={link}
                onEditor={setEditor}
              />
            ) : (
              <SkeletonLines label={t('opening')} rows={8} faces={false} />
            )}
            {connection !== null && editor !== null && (
              <CommentsOfText document={document} connection={connection} editor={editor} show={show} />
            )}
          </article>
        </div>
      </main>
      {panel !== null && connection !== null && (
        <DocumentPanel
          panel={panel}
          document={document}
          connection={connection}
          editor={editor}
          onClose={() => show(null)}
        />
      )}
    </div>
  );
}

/** Its title, whose document it is, and where it lives. */
function Head({ document, space, readOnly }: Pick<Props, 'document' | 'space'> & { readOnly: boolean }) {
  const t = useTranslations('docs');
  return (
    <>
      <TitleField document={document} />
      <p className="p-meta docs-about">
        {document.owner !== null && <bdi>{document.owner.name}</bdi>}
        {space !== null && <bdi>{space.title}</bdi>}
        {readOnly && <span>{t('readOnly')}</span>}
      </p>
    </>
  );
}

/** What the person should know of the connection, between the bar and the text. */
function Lines({ status }: { status: DocumentStanding }) {
  const t = useTranslations('docs');
  const offline = useTranslations('docsOffline');
  const problems = useTranslations('problems');
  const keeping = status.keeping === 'kept' ? null : status.keeping;
  return (
    <>
      {status.link === 'waiting' && (
        <Banner flat tone={keeping === null ? 'wait' : 'bad'}>
          {keeping === null ? t('offline') : offline(keeping === 'full' ? 'full' : 'noKeeping')}
        </Banner>
      )}
      {status.link === 'ended' && (
        <Banner flat tone="bad">
          {t('signedOut')}
        </Banner>
      )}
      {status.refused !== null && problems.has(status.refused) && (
        <Banner flat tone="bad">
          {problems(status.refused)}
        </Banner>
      )}
    </>
  );
}

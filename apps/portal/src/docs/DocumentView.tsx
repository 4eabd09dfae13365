'use client';
import './docs.css';
import type { Document } from '@parvis/contract/docs';
import type { Space } from '@parvis/contract/directory';
import { AvatarStack } from '@parvis/ui/Avatar';
import { Banner } from '@parvis/ui/Banner';
import { Button, LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { ArrowLeft, FileText } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ShareButton } from '../sharing/ShareButton.tsx';
import { useFrame } from '../shell/AppFrame.tsx';
import { DocumentConnection, type DocumentStatus } from './connection.ts';
import { SavedSign } from './SavedSign.tsx';
import { TitleField } from './TitleField.tsx';
import { useHere } from './useHere.ts';

const Editor = dynamic(() => import('./Editor.tsx').then((part) => part.Editor), { ssr: false });
const before: DocumentStatus = {
  link: 'connecting',
  synced: false,
  right: 'read',
  unsaved: 0,
  refused: null,
  gone: null,
};

interface Props {
  document: Document;
  space: Space | null;
  /** The secret of the link that the person came by. */
  link: string | undefined;
}

/** A document: the text that several people write at once, who is here, and whether it is saved. */
export function DocumentView({ document, space, link }: Props) {
  const t = useTranslations('docs');
  const shell = useTranslations('shell');
  const problems = useTranslations('problems');
  const { person } = useFrame();
  const [connection] = useState(() =>
    typeof window === 'undefined'
      ? null
      : new DocumentConnection({
          id: document.id,
          epoch: document.epoch,
          personId: person.id,
          mayWrite: document.abilities.edit,
          link,
        }),
  );
  const status = useSyncExternalStore(
    connection?.subscribe ?? (() => () => undefined),
    connection?.status ?? (() => before),
    () => before,
  );
  const here = useHere(connection, person.id);
  useEffect(() => {
    connection?.start();
    return () => connection?.stop();
  }, [connection]);
  useEffect(() => {
    if (status.unsaved === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [status.unsaved]);

  if (status.gone !== null) {
    return (
      <div className="p-sheet">
        <main className="p-main p-centre" id="main" tabIndex={-1}>
          <EmptyState
            title={t(`gone.${status.gone}`)}
            action={
              status.gone === 'wrong-epoch' ? (
                <Button kind="main" onClick={() => window.location.reload()}>
                  {t('reload')}
                </Button>
              ) : (
                <LinkButton href="/">{shell('home')}</LinkButton>
              )
            }
          >
            {t(`goneHelp.${status.gone}`)}
          </EmptyState>
        </main>
      </div>
    );
  }
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          {document.spaceId !== null && (
            <IconLink
              className="p-back p-only-phone"
              href={`/space/${document.spaceId}`}
              label={shell('back')}
            >
              <Icon of={ArrowLeft} flip />
            </IconLink>
          )}
          <div className="p-bar-title">
            <Icon of={FileText} />
            <bdi className="p-cut docs-bar-name">{document.title}</bdi>
            <SavedSign status={status} />
          </div>
          <div className="p-bar-acts">
            {here.length > 0 && <AvatarStack people={here} label={t('here')} />}
            <ShareButton resource={document} />
          </div>
        </header>
        {status.link === 'waiting' && <Banner flat>{t('offline')}</Banner>}
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
        <div className="p-scroll">
          <article className="docs-page">
            <TitleField document={document} />
            <p className="p-meta docs-about">
              {document.owner !== null && <bdi>{document.owner.name}</bdi>}
              {space !== null && <bdi>{space.title}</bdi>}
              {status.right === 'read' && status.synced && <span>{t('readOnly')}</span>}
            </p>
            {connection !== null && status.synced ? (
              <Editor
                connection={connection}
                person={person}
                mayWrite={status.right === 'write'}
                label={document.title}
              />
            ) : (
              <SkeletonLines label={t('opening')} rows={8} faces={false} />
            )}
          </article>
        </div>
      </main>
    </div>
  );
}

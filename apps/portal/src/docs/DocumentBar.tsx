'use client';
import type { Crumb } from '@parvis/contract/directory';
import type { Document } from '@parvis/contract/docs';
import { Icon } from '@parvis/ui/Icon';
import { IconButton, IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft, FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { ShareButton } from '../sharing/ShareButton.tsx';
import type { DocumentConnection } from './connection.ts';
import { DocumentMenu } from './DocumentMenu.tsx';
import { type Panel, panels } from './panels.tsx';
import { SavedSign } from './SavedSign.tsx';
import { PageCrumbs } from './tree/PageCrumbs.tsx';
import { Star } from './tree/Star.tsx';
import { ModeSwitch } from './suggestions/ModeSwitch.tsx';
import type { Mode } from './suggestions/useModes.ts';
import type { Writing } from './writing/useWriting.ts';

interface Props {
  path: readonly z.infer<typeof Crumb>[];
  link: string | undefined;
  document: Document;
  connection: DocumentConnection | null;
  panel: Panel | null;
  onPanel: (id: string | null) => void;
  /** Null for whoever may not write. */
  mode: Mode | null;
  onMode: (mode: Mode) => void;
  writing: Writing;
  /** Who else is here. */
  children: ReactNode;
}

/** The bar of a document: its name and whether it is saved, who is here, its panels, sharing, and the rest in a menu. */
export function DocumentBar(props: Props) {
  const { document, path, link, connection, panel, onPanel, mode, onMode, writing, children } = props;
  const t = useTranslations('docs');
  const shell = useTranslations('shell');
  const tree = useTranslations('docsTree');
  return (
    <>
      <h1 className="p-main-name">{document.title}</h1>
      <header className="p-bar">
        {document.spaceId !== null && (
          <IconLink className="p-back p-only-phone" href={`/space/${document.spaceId}`} label={shell('back')}>
            <Icon of={ArrowLeft} flip />
          </IconLink>
        )}
        <div className="p-bar-title">
          <PageCrumbs path={path} label={tree('path')} link={link} />
          <Icon of={FileText} />
          <bdi className="p-cut docs-bar-name">{document.title}</bdi>
          {link === undefined && <Star id={document.id} title={document.title} on={document.favourite} />}
          <SavedSign connection={connection} />
        </div>
        <div className="p-bar-acts">
          {children}
          {mode !== null && (
            <ModeSwitch mode={mode} onMode={onMode} onSuggestions={() => onPanel('suggestions')} />
          )}
          {panels
            .filter(({ fromMenu, shown }) => !fromMenu && (shown?.(document) ?? true))
            .map(({ id, icon }) => (
              <IconButton
                key={id}
                label={t(`panels.${id}`)}
                pressed={panel?.id === id}
                data-panel-button={id}
                onClick={() => onPanel(panel?.id === id ? null : id)}
              >
                <Icon of={icon} />
              </IconButton>
            ))}
          <ShareButton resource={document} />
          <DocumentMenu document={document} mayWrite={mode !== null} onPanel={onPanel} writing={writing} />
        </div>
      </header>
    </>
  );
}

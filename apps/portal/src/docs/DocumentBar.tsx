'use client';
import type { Document } from '@parvis/contract/docs';
import { AvatarStack } from '@parvis/ui/Avatar';
import { Icon } from '@parvis/ui/Icon';
import { IconButton, IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft, FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ShareButton } from '../sharing/ShareButton.tsx';
import type { DocumentStatus } from './connection.ts';
import { DocumentMenu } from './DocumentMenu.tsx';
import { type Panel, panels } from './panels.tsx';
import { SavedSign } from './SavedSign.tsx';
import type { Present } from './useHere.ts';

interface Props {
  document: Document;
  status: DocumentStatus;
  here: readonly Present[];
  panel: Panel | null;
  onPanel: (id: string | null) => void;
}

/** The bar of a document: its name and whether it is saved, who is here, its panels, sharing, and the rest in a menu. */
export function DocumentBar({ document, status, here, panel, onPanel }: Props) {
  const t = useTranslations('docs');
  const shell = useTranslations('shell');
  return (
    <header className="p-bar">
      {document.spaceId !== null && (
        <IconLink className="p-back p-only-phone" href={`/space/${document.spaceId}`} label={shell('back')}>
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
        {panels
          .filter(({ shown }) => shown?.(document) ?? true)
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
        <DocumentMenu document={document} />
      </div>
    </header>
  );
}

'use client';
import './drive.css';
import type { Crumb } from '@parvis/contract/directory';
import type { Entry } from '@parvis/contract/drive';
import type { Resource } from '@parvis/contract/shape';
import { LinkButton } from '@parvis/ui/Button';
import { DropZone, FileButton } from '@parvis/ui/DropZone';
import { EmptyState } from '@parvis/ui/EmptyState';
import { Icon } from '@parvis/ui/Icon';
import { IconButton, IconLink } from '@parvis/ui/IconButton';
import { MenuLater } from '@parvis/ui/MenuLater';
import { ArrowLeft, FileUp, Plus, Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { z } from 'zod';
import { ShareButton } from '../sharing/ShareButton.tsx';
import { withLink } from '../shell/resource-way.ts';
import { ThingIcon } from '../shell/ThingIcon.tsx';
import { Crumbs } from './Crumbs.tsx';
import { EntryRow } from './EntryRow.tsx';
import { Uploads } from './Uploads.tsx';
import { useUploads } from './useUploads.ts';

const NameDialog = dynamic(() => import('./NameDialog.tsx').then((part) => part.NameDialog), { ssr: false });
const ImportDialog = dynamic(
  () => import('../docs/convert/ImportDialog.tsx').then((part) => part.ImportDialog),
  { ssr: false },
);

interface Props {
  folder: Resource;
  path: readonly z.infer<typeof Crumb>[];
  entries: readonly Entry[];
  next: string | null;
  /** The secret of the link that the person came by; what lies below opens by it too. */
  link: string | undefined;
}

/** What a folder holds, and the place to drop more. */
export function FolderView({ folder, path, entries, next, link }: Props) {
  const t = useTranslations('drive');
  const shell = useTranslations('shell');
  const convert = useTranslations('docsConvert');
  const { uploads, add, again, drop } = useUploads(folder.id);
  const [naming, setNaming] = useState<'folder' | 'document' | 'import' | null>(null);
  const mayAdd = folder.abilities.edit;
  const above =
    folder.kind === 'space' ? `/space/${folder.id}` : `/drive/${folder.parentId ?? folder.spaceId}`;
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <IconLink className="p-back p-only-phone" href={above} label={shell('back')}>
            <Icon of={ArrowLeft} flip />
          </IconLink>
          <div className="p-bar-title">
            <Crumbs path={path} title={folder.title} label={t('path')} link={link} />
          </div>
          <div className="p-bar-acts">
            {mayAdd && (
              <MenuLater
                trigger={
                  <IconButton label={t('newHere')} tipAlign="end">
                    <Icon of={Plus} />
                  </IconButton>
                }
                label={t('newHere')}
                align="end"
                groups={[
                  {
                    id: 'new',
                    items: (['document', 'folder'] as const).map((kind) => ({
                      id: kind,
                      label: t(kind === 'folder' ? 'newFolder' : 'newDocument'),
                      icon: <ThingIcon kind={kind} size="s" />,
                      onAction: () => setNaming(kind),
                    })),
                  },
                  {
                    id: 'import',
                    items: [
                      {
                        id: 'import',
                        label: convert('importMenu'),
                        icon: <Icon of={FileUp} size="s" />,
                        onAction: () => setNaming('import'),
                      },
                    ],
                  },
                ]}
              />
            )}
            <ShareButton resource={folder} />
            {mayAdd && (
              <FileButton kind="main" multiple onFiles={add} icon={<Icon of={Upload} size="s" />}>
                {t('upload')}
              </FileButton>
            )}
          </div>
        </header>
        <DropZone className="p-scroll drive-zone" onFiles={add} words={t('dropHere')} disabled={!mayAdd}>
          {entries.length === 0 ? (
            <EmptyState title={t('empty')}>{t(mayAdd ? 'emptyHelp' : 'emptyReader')}</EmptyState>
          ) : (
            <div className="drive-table" role="table" aria-label={folder.title}>
              <div className="drive-row drive-head" role="row">
                <span role="columnheader">{t('name')}</span>
                <span role="columnheader">{t('modified')}</span>
                <span role="columnheader" className="drive-size">
                  {t('size')}
                </span>
                <span role="columnheader">
                  <span className="p-sr">{t('actions')}</span>
                </span>
              </div>
              {entries.map((entry) => (
                <EntryRow key={entry.id} entry={entry} link={link} />
              ))}
            </div>
          )}
          {next !== null && (
            <LinkButton href={withLink(`/drive/${folder.id}?after=${encodeURIComponent(next)}`, link)}>
              {t('next')}
            </LinkButton>
          )}
        </DropZone>
        <Uploads uploads={uploads} onAgain={again} onDrop={drop} />
        {naming === 'import' && <ImportDialog parentId={folder.id} close={() => setNaming(null)} />}
        {naming !== null && naming !== 'import' && (
          <NameDialog folder={folder} kind={naming} close={() => setNaming(null)} />
        )}
      </main>
    </div>
  );
}

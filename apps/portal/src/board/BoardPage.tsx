'use client';
import type { Crumb } from '@parvis/contract/directory';
import type { Document } from '@parvis/contract/docs';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft, Presentation } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { z } from 'zod';
import { Star } from '../docs/tree/Star.tsx';
import { PageCrumbs } from '../docs/tree/PageCrumbs.tsx';
import { ShareButton } from '../sharing/ShareButton.tsx';
import { BoardOf } from './BoardOf.tsx';

interface Props {
  document: Document;
  path: readonly z.infer<typeof Crumb>[];
  /** The secret of the link that the person came by. */
  link: string | undefined;
}

/** A board that was begun beside a meeting, on a page of its own. */
export function BoardPage({ document, path, link }: Props) {
  const shell = useTranslations('shell');
  const tree = useTranslations('docsTree');
  return (
    <div className="p-sheet">
      <main className="p-main board-page" id="main" tabIndex={-1}>
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
            <PageCrumbs path={path} label={tree('path')} link={link} />
            <Icon of={Presentation} />
            <h1 className="p-cut" dir="auto">
              {document.title}
            </h1>
            {link === undefined && <Star id={document.id} title={document.title} on={document.favourite} />}
          </div>
          <div className="p-bar-acts">
            <ShareButton resource={document} />
          </div>
        </header>
        <BoardOf document={document} link={link} />
      </main>
    </div>
  );
}

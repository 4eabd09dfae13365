'use client';
import { Button, LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { useTranslations } from 'next-intl';
import type { DocumentStatus } from './connection.ts';

/** In place of a document that is no longer open to this person, or whose text was replaced. */
export function Gone({ why }: { why: NonNullable<DocumentStatus['gone']> }) {
  const t = useTranslations('docs');
  const shell = useTranslations('shell');
  return (
    <div className="p-sheet">
      <main className="p-main p-centre" id="main" tabIndex={-1}>
        <EmptyState
          title={t(`gone.${why}`)}
          action={
            why === 'wrong-epoch' ? (
              <Button kind="main" onClick={() => window.location.reload()}>
                {t('reload')}
              </Button>
            ) : (
              <LinkButton href="/">{shell('home')}</LinkButton>
            )
          }
        >
          {t(`goneHelp.${why}`)}
        </EmptyState>
      </main>
    </div>
  );
}

'use client';
import { Button, LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { DocumentStatus } from './document-status.ts';
import { KeptTexts } from './offline/KeptTexts.tsx';

type Why = NonNullable<DocumentStatus['gone']>;

/** Milliseconds within which a page does not reload by itself twice: then it leaves the decision to the person. */
const reloadMsMin = 20_000;
const reloadedAt = 'parvis-docs-reloaded';

/** A newer text, or a newer page, is one reload away; what was not sent is kept in this browser meanwhile. */
function useReload(why: Why): void {
  useEffect(() => {
    if (why === 'not-found') return;
    const last = Number(sessionStorage.getItem(reloadedAt) ?? 0);
    if (Date.now() - last < reloadMsMin) return;
    sessionStorage.setItem(reloadedAt, String(Date.now()));
    window.location.reload();
  }, [why]);
}

/** In place of a document that is no longer open to this person, or whose text or page was replaced. */
export function Gone({ why, documentId, personId }: { why: Why; documentId: string; personId: string }) {
  const t = useTranslations('docs');
  const shell = useTranslations('shell');
  useReload(why);
  return (
    <div className="p-sheet">
      <main className="p-main p-centre" id="main" tabIndex={-1}>
        <EmptyState
          title={t(`gone.${why}`)}
          action={
            why === 'not-found' ? (
              <LinkButton href="/">{shell('home')}</LinkButton>
            ) : (
              <Button kind="main" onClick={() => window.location.reload()}>
                {t('reload')}
              </Button>
            )
          }
        >
          {t(`goneHelp.${why}`)}
        </EmptyState>
        {why === 'not-found' && <KeptTexts documentId={documentId} personId={personId} open />}
      </main>
    </div>
  );
}

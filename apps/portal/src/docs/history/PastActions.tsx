'use client';
import { call } from '@parvis/contract/call';
import { copyDocument, restoreDocument } from '@parvis/contract/doc-history';
import type { Document } from '@parvis/contract/docs';
import { nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { wayTo } from '../../shell/resource-way.ts';
import { NameDialog } from './NameDialog.tsx';
import type { Past } from './usePast.ts';

interface Props {
  document: Document;
  past: Past;
  onLook: (past: Past | null) => void;
}

/** What can be done with a moment: bring it back, copy it, name it, or go back to the text as it is. */
export function PastActions({ document, past, onLook }: Props) {
  const t = useTranslations('docsHistory');
  const problem = useProblem();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [naming, setNaming] = useState(false);
  const [busy, setBusy] = useState(false);
  async function attempt(act: () => Promise<void>) {
    setBusy(true);
    await act().catch((error: unknown) => toast(problem(error), { tone: 'bad' }));
    setBusy(false);
  }
  const copy = () =>
    attempt(async () => {
      const title = t('copyOf', { title: document.title }).slice(0, nameLengthMax);
      router.push(wayTo(await call(copyDocument, { id: document.id, seq: past.at, title })));
    });
  const restore = () =>
    attempt(async () => {
      // Every page of the document comes anew once its text was replaced, this one too: at its own address, not at
      // that of the past.
      window.history.replaceState(null, '', wayTo(document));
      await call(restoreDocument, { id: document.id, seq: past.at });
      window.location.assign(wayTo(document));
    });
  return (
    <div className="past-buttons">
      <Button kind="quiet" onClick={() => onLook(null)}>
        {t('back')}
      </Button>
      <Button onClick={() => setNaming(true)}>{t('name')}</Button>
      <Button busy={busy && !asking} onClick={() => void copy()}>
        {t('copy')}
      </Button>
      <Button kind="main" onClick={() => setAsking(true)}>
        {t('restore')}
      </Button>
      {naming && <NameDialog document={document} seq={past.at} close={() => setNaming(false)} />}
      <Dialog
        kind="alert"
        title={t('restoreTitle')}
        open={asking}
        onOpenChange={setAsking}
        actions={(close) => (
          <>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button kind="main" busy={busy} onClick={() => void restore()}>
              {t('restore')}
            </Button>
          </>
        )}
      >
        <p>{t('restoreHelp')}</p>
      </Dialog>
    </div>
  );
}

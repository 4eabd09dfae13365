'use client';
import { nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import type { KeptText } from '../local/database.ts';
import { discardKept, saveAsCopy } from '../local/kept.ts';
import { downloadText } from './download.ts';

/** One text that was set aside: read, saved as a document of its own, or discarded. */
export function Kept({ kept, onGone }: { kept: KeptText; onGone: () => void }) {
  const t = useTranslations('docsOffline');
  const format = useFormatter();
  const router = useRouter();
  const problem = useProblem();
  const [busy, setBusy] = useState(false);
  const date = format.dateTime(kept.at, { dateStyle: 'medium', timeStyle: 'short' });
  const title = kept.title === '' ? t('noTitle') : kept.title;
  async function save() {
    setBusy(true);
    try {
      const made = await saveAsCopy(kept, t('copyName', { title, date }).slice(0, nameLengthMax));
      onGone();
      toast(t('copied'));
      router.push(`/docs/${made.id}`);
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
    setBusy(false);
  }
  return (
    <section className="docs-kept" aria-label={t('keptTitle')}>
      <p>
        <strong>{t('keptTitle')}</strong> <time dateTime={new Date(kept.at).toISOString()}>{date}</time>
        <br />
        {t(kept.why === 'replaced' ? 'keptReplaced' : 'keptClosed', { count: kept.changes })}
      </p>
      <div className="docs-kept-acts">
        <Button kind="main" onClick={() => void save()} disabled={busy}>
          {t('saveAsCopy')}
        </Button>
        <Dialog
          title={t('keptTitle')}
          size="l"
          closeLabel={t('close')}
          trigger={<Button>{t('read')}</Button>}
          actions={<Button onClick={() => downloadText(title, kept.text)}>{t('download')}</Button>}
        >
          <div className="docs-kept-text" dir="auto">
            {kept.text}
          </div>
        </Dialog>
        <Dialog
          kind="alert"
          title={t('discardSure')}
          trigger={<Button kind="quiet">{t('discard')}</Button>}
          actions={(close) => (
            <>
              <Button onClick={close}>{t('cancel')}</Button>
              <Button kind="danger" onClick={() => void discardKept(kept.id).then(onGone)}>
                {t('discard')}
              </Button>
            </>
          )}
        >
          {t('discardHelp')}
        </Dialog>
      </div>
    </section>
  );
}

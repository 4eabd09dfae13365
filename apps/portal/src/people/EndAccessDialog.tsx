'use client';
import { call } from '@parvis/contract/call';
import { endGuest, type PersonCard } from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

export function EndAccessDialog(props: { person: Pick<PersonCard, 'id' | 'name'>; close: () => void }) {
  const { person, close } = props;
  const t = useTranslations('people');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function end() {
    setBusy(true);
    try {
      await call(endGuest, { id: person.id });
      close();
      toast(t('ended', { name: person.name }));
      router.push('/people');
      router.refresh();
    } catch (error) {
      setBusy(false);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <Dialog
      open
      kind="alert"
      onOpenChange={(open) => !open && close()}
      title={t.rich('endAsk', { name: () => <bdi>{person.name}</bdi> })}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void end()}>
            {t('endAccess')}
          </Button>
        </>
      }
    >
      <p>{t('endHelp')}</p>
    </Dialog>
  );
}

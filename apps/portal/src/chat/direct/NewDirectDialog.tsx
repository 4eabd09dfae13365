'use client';
import { call } from '@parvis/contract/call';
import { openDirect } from '@parvis/contract/chat-direct';
import { directPeopleMax } from '@parvis/contract/limits';
import type { Person } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { PeoplePicker } from '../channel/PeoplePicker.tsx';

/** Asks with whom, and goes to the one conversation that these people have. */
export function NewDirectDialog({ close }: { close: () => void }) {
  const t = useTranslations('chatDirect');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [picked, setPicked] = useState<readonly Person[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const { id } = await call(openDirect, { personIds: picked.map((one) => one.id) });
      close();
      router.push(`/chat/${id}`);
      router.refresh();
    } catch (refusal) {
      setBusy(false);
      setError(problem(refusal));
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('new')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="new-direct" busy={busy} aria-disabled={picked.length === 0}>
            {t('begin')}
          </Button>
        </>
      }
    >
      <form id="new-direct" className="p-form" onSubmit={(event) => void submit(event)}>
        <PeoplePicker label={t('whom')} picked={picked} onPick={setPicked} max={directPeopleMax - 1} />
        <p className="p-meta">{t('newHelp', { max: directPeopleMax - 1 })}</p>
        {error !== undefined && <p role="alert">{error}</p>}
      </form>
    </Dialog>
  );
}

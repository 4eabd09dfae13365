'use client';
import { call } from '@parvis/contract/call';
import { createGroup } from '@parvis/contract/directory';
import { nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** Names a new group and makes it, empty. */
export function NewGroupDialog({ close }: { close: () => void }) {
  const t = useTranslations('people');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const group = await call(createGroup, { name });
      close();
      toast(t('groupMade', { name: group.name }));
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
      title={t('newGroup')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="new-group" busy={busy}>
            {shell('create')}
          </Button>
        </>
      }
    >
      <form id="new-group" className="p-form" onSubmit={submit}>
        <TextField
          label={shell('name')}
          help={t('noGroupsHelp')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={nameLengthMax}
          error={error}
          required
          autoFocus
        />
      </form>
    </Dialog>
  );
}

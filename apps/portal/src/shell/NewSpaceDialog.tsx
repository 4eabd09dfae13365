'use client';
import { call } from '@parvis/contract/call';
import { createSpace } from '@parvis/contract/directory';
import { lineLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

export function NewSpaceDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const space = await call(createSpace, { name, description });
      onOpenChange(false);
      setName('');
      setDescription('');
      router.push(`/space/${space.id}`);
      router.refresh();
    } catch (refusal) {
      setError(problem(refusal));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('newSpace')}
      closeLabel={t('close')}
      actions={
        <>
          <Button kind="quiet" onClick={() => onOpenChange(false)}>
            {t('cancel')}
          </Button>
          <Button kind="main" type="submit" form="new-space" busy={busy}>
            {t('create')}
          </Button>
        </>
      }
    >
      <form id="new-space" className="p-form" onSubmit={submit}>
        <TextField
          label={t('spaceName')}
          help={t('spaceNameHelp')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error}
          required
          autoFocus
        />
        <TextField
          label={t('spaceDescription')}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          maxLength={lineLengthMax}
        />
      </form>
    </Dialog>
  );
}

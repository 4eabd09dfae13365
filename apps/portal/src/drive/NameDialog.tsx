'use client';
import { call } from '@parvis/contract/call';
import { renameResource } from '@parvis/contract/directory';
import { createFolder } from '@parvis/contract/drive';
import { nameLengthMax } from '@parvis/contract/limits';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

type Props = { close: () => void } & (
  | { folder: Resource; entry?: never }
  | { entry: Resource; folder?: never }
);

/** Names a new folder, or renames a thing. */
export function NameDialog({ close, folder, entry }: Props) {
  const t = useTranslations('drive');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [name, setName] = useState(entry?.title ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      if (entry) await call(renameResource, { id: entry.id, title: name });
      else await call(createFolder, { parentId: folder.id, name });
      close();
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
      title={entry ? t('rename') : t('newFolder')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="name-thing" busy={busy}>
            {entry ? t('rename') : shell('create')}
          </Button>
        </>
      }
    >
      <form id="name-thing" className="p-form" onSubmit={submit}>
        <TextField
          label={shell('name')}
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

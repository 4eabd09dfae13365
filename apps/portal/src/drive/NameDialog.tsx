'use client';
import { call } from '@parvis/contract/call';
import { renameResource } from '@parvis/contract/directory';
import { createDocument } from '@parvis/contract/docs';
import { createFolder } from '@parvis/contract/drive';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo } from '../shell/resource-way.ts';

type Props = { close: () => void } & (
  | { folder: Resource; kind: 'folder' | 'document'; entry?: never }
  | { entry: Resource; folder?: never; kind?: never }
);

/** Names a new folder or document, or renames a thing. A new document is opened at once. */
export function NameDialog({ close, folder, kind, entry }: Props) {
  const t = useTranslations('drive');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [name, setName] = useState(entry?.title ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const title = t(entry ? 'rename' : kind === 'folder' ? 'newFolder' : 'newDocument');
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      if (entry) await call(renameResource, { id: entry.id, title: name });
      else if (kind === 'folder') await call(createFolder, { parentId: folder.id, name });
      else router.push(wayTo(await call(createDocument, { parentId: folder.id, title: name })));
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
      title={title}
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
          error={error}
          required
          autoFocus
        />
      </form>
    </Dialog>
  );
}

'use client';
import { call } from '@parvis/contract/call';
import { renameResource } from '@parvis/contract/directory';
import { createDocument } from '@parvis/contract/docs';
import { createFolder } from '@parvis/contract/drive';
import type { Resource } from '@parvis/contract/shape';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../shell/FormDialog.tsx';
import { wayTo } from '../shell/resource-way.ts';

type Props = { close: () => void } & (
  | { folder: Resource; kind: 'folder' | 'document'; entry?: never }
  | { entry: Resource; folder?: never; kind?: never }
);

/** Names a new folder or document, or renames a thing. A new document is opened at once. */
export function NameDialog({ close, folder, kind, entry }: Props) {
  const t = useTranslations('drive');
  const shell = useTranslations('shell');
  const router = useRouter();
  const [name, setName] = useState(entry?.title ?? '');
  const title = t(entry ? 'rename' : kind === 'folder' ? 'newFolder' : 'newDocument');
  async function submit() {
    if (entry) await call(renameResource, { id: entry.id, title: name });
    else if (kind === 'folder') await call(createFolder, { parentId: folder.id, name });
    else router.push(wayTo(await call(createDocument, { parentId: folder.id, title: name })));
    router.refresh();
  }
  return (
    <FormDialog title={title} action={entry ? t('rename') : undefined} onSubmit={submit} close={close}>
      {(refusal) => (
        <TextField
          label={shell('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={refusal}
          required
          autoFocus
        />
      )}
    </FormDialog>
  );
}

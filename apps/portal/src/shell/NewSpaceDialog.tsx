'use client';
import { call } from '@parvis/contract/call';
import { createSpace } from '@parvis/contract/directory';
import { lineLengthMax } from '@parvis/contract/limits';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from './FormDialog.tsx';

/** Asks what a new space is for, makes it and goes there. */
export function NewSpaceDialog({ close }: { close: () => void }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');

  async function submit() {
    const space = await call(createSpace, { name, description });
    router.push(`/space/${space.id}`);
    router.refresh();
  }

  return (
    <FormDialog title={t('newSpace')} onSubmit={submit} close={close}>
      {(refusal) => (
        <>
          <TextField
            label={t('spaceName')}
            help={t('spaceNameHelp')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={refusal}
            required
            autoFocus
          />
          <TextField
            label={t('spaceDescription')}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            maxLength={lineLengthMax}
          />
        </>
      )}
    </FormDialog>
  );
}

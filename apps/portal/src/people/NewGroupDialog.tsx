'use client';
import { call } from '@parvis/contract/call';
import { createGroup } from '@parvis/contract/directory';
import { nameLengthMax } from '@parvis/contract/limits';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../shell/FormDialog.tsx';

/** Names a new group and makes it, empty. */
export function NewGroupDialog({ close }: { close: () => void }) {
  const t = useTranslations('people');
  const shell = useTranslations('shell');
  const router = useRouter();
  const [name, setName] = useState('');
  async function submit() {
    const group = await call(createGroup, { name });
    toast(t('groupMade', { name: group.name }));
    router.refresh();
  }
  return (
    <FormDialog title={t('newGroup')} onSubmit={submit} close={close}>
      {(refusal) => (
        <TextField
          label={shell('name')}
          help={t('noGroupsHelp')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={nameLengthMax}
          error={refusal}
          required
          autoFocus
        />
      )}
    </FormDialog>
  );
}

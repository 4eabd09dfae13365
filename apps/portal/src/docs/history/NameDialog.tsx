'use client';
import { call } from '@parvis/contract/call';
import { nameVersion } from '@parvis/contract/doc-history';
import type { Document } from '@parvis/contract/docs';
import { nameLengthMax } from '@parvis/contract/limits';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../../shell/FormDialog.tsx';
import { tellNamed } from './useHistory.ts';

interface Props {
  document: Document;
  /** The moment to name; now, when absent. */
  seq?: number;
  close: () => void;
}

/** Keeps a moment for ever, under a name. */
export function NameDialog({ document, seq, close }: Props) {
  const t = useTranslations('docsHistory');
  const [name, setName] = useState('');
  async function submit() {
    const wanted = name.trim();
    await call(nameVersion, { id: document.id, name: wanted, ...(seq === undefined ? {} : { seq }) });
    tellNamed();
    toast(t('named', { name: wanted }));
  }
  return (
    <FormDialog
      title={t('nameTitle')}
      action={t('name')}
      incomplete={name.trim() === ''}
      onSubmit={submit}
      close={close}
    >
      {(refusal) => (
        <TextField
          label={t('versionName')}
          help={t('nameHelp')}
          value={name}
          maxLength={nameLengthMax}
          error={refusal}
          onChange={(event) => setName(event.target.value)}
          required
          autoFocus
        />
      )}
    </FormDialog>
  );
}

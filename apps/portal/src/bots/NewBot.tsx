'use client';
import { createBot } from '@parvis/contract/bot';
import { call } from '@parvis/contract/call';
import { lineLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AppDialog } from '../chat/apps/AppDialog.tsx';

/** Names a new bot. */
export function NewBot() {
  const t = useTranslations('bots');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  async function make() {
    await call(createBot, { name, description });
    setName('');
    setDescription('');
    return null;
  }
  return (
    <>
      <Button kind="main" onClick={() => setOpen(true)}>
        {t('new')}
      </Button>
      {open && (
        <AppDialog title={t('new')} close={() => setOpen(false)} make={make}>
          <TextField
            label={t('name')}
            value={name}
            maxLength={nameLengthMax}
            required
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={t('description')}
            value={description}
            maxLength={lineLengthMax}
            onChange={(event) => setDescription(event.target.value)}
          />
        </AppDialog>
      )}
    </>
  );
}

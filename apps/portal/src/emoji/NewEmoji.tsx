'use client';
import { call } from '@parvis/contract/call';
import { addEmoji } from '@parvis/contract/chat-emoji';
import { emojiNameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { FieldFrame, TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { AppDialog } from '../chat/apps/AppDialog.tsx';

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
}

/** Takes a picture and a name. */
export function NewEmoji() {
  const t = useTranslations('emoji');
  const field = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [file, setFile] = useState<File | null>(null);
  async function make() {
    const picture = file === null ? '' : await base64Of(file);
    await call(addEmoji, { shortcode: name.replaceAll(':', '').toLowerCase(), picture });
    setName('');
    setFile(null);
    return null;
  }
  return (
    <>
      <Button kind="main" onClick={() => setOpen(true)}>
        {t('new')}
      </Button>
      {open && (
        <AppDialog title={t('new')} close={() => setOpen(false)} make={make}>
          <FieldFrame label={t('picture')} help={t('pictureHelp')} htmlFor={field}>
            <input
              id={field}
              type="file"
              accept="image/png,image/gif,image/webp"
              required
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          </FieldFrame>
          <TextField
            label={t('name')}
            help={t('nameHelp')}
            value={name}
            minLength={2}
            maxLength={emojiNameLengthMax}
            required
            onChange={(event) => setName(event.target.value)}
          />
        </AppDialog>
      )}
    </>
  );
}

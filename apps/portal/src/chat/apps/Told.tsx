'use client';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { Icon } from '@parvis/ui/Icon';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';

interface Props {
  title: string;
  label: string;
  secret: string;
  note: string;
  close: () => void;
}

/** Shows a secret the one time that it is known, to be copied. */
export function Told({ title, label, secret, note, close }: Props) {
  const t = useTranslations('chatApps');
  const shell = useTranslations('shell');
  async function copy() {
    // Without the right to the clipboard the field can still be selected by hand.
    await navigator.clipboard?.writeText(secret).then(
      () => toast(t('copied')),
      () => undefined,
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      closeLabel={shell('close')}
      actions={
        <>
          <Button icon={<Icon of={Copy} size="s" />} onClick={copy}>
            {t('copy')}
          </Button>
          <Button kind="main" onClick={close}>
            {t('kept')}
          </Button>
        </>
      }
    >
      <div className="p-form">
        <TextField
          label={label}
          help={note}
          value={secret}
          readOnly
          dir="ltr"
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
    </Dialog>
  );
}

'use client';
import type { PersonCard } from '@parvis/contract/directory';
import { Banner } from '@parvis/ui/Banner';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';

interface Props {
  person: PersonCard;
  firstPassword: string;
  onDone: () => void;
}

/** The only time that a guest's first password is seen. */
export function FirstPassword({ person, firstPassword, onDone }: Props) {
  const t = useTranslations('space');
  async function copy() {
    // Without the right to the clipboard the field can still be selected by hand.
    await navigator.clipboard?.writeText(firstPassword).then(
      () => toast(t('copied')),
      () => undefined,
    );
  }
  return (
    <div className="guest-password">
      <Banner tone="good">{t('passwordTitle', { name: person.name })}</Banner>
      <p className="p-meta">{t('passwordHelp')}</p>
      <div className="guest-copy">
        <TextField
          label={t('password')}
          value={firstPassword}
          readOnly
          dir="ltr"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button icon={<Icon of={Copy} size="s" />} onClick={() => void copy()}>
          {t('copy')}
        </Button>
      </div>
      <Button kind="quiet" onClick={onDone}>
        {t('another')}
      </Button>
    </div>
  );
}

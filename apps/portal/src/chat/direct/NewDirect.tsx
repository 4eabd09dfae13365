'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Button } from '@parvis/ui/Button';
import { SquarePen } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const NewDirectDialog = dynamic(() => import('./NewDirectDialog.tsx').then((part) => part.NewDirectDialog), {
  ssr: false,
});

/** Begins a conversation: asks with whom. `wide` where it is the one thing to do. */
export function NewDirect({ wide }: { wide?: boolean }) {
  const t = useTranslations('chatDirect');
  const [open, setOpen] = useState(false);
  return (
    <>
      {wide ? (
        <Button kind="main" icon={<Icon of={SquarePen} size="s" />} onClick={() => setOpen(true)}>
          {t('new')}
        </Button>
      ) : (
        <IconButton label={t('new')} tipAlign="end" onClick={() => setOpen(true)}>
          <Icon of={SquarePen} size="s" />
        </IconButton>
      )}
      {open && <NewDirectDialog close={() => setOpen(false)} />}
    </>
  );
}

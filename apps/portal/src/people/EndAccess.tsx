'use client';
import type { PersonCard } from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const EndAccessDialog = dynamic(() => import('./EndAccessDialog.tsx').then((part) => part.EndAccessDialog), {
  ssr: false,
});

/** Ends a guest's access, after one question: their sessions close and cannot be given back. */
export function EndAccess({ person }: { person: Pick<PersonCard, 'id' | 'name'> }) {
  const t = useTranslations('people');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="danger-quiet" onClick={() => setOpen(true)}>
        {t('endAccess')}
      </Button>
      {open && <EndAccessDialog person={person} close={() => setOpen(false)} />}
    </>
  );
}

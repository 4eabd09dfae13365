'use client';
import type { Group } from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const ChangeGroupDialog = dynamic(
  () => import('./ChangeGroupDialog.tsx').then((part) => part.ChangeGroupDialog),
  { ssr: false },
);

export function ChangeGroup({ group }: { group: Group }) {
  const t = useTranslations('people');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {t('change')}
        <span className="p-sr"> ({group.name})</span>
      </Button>
      {open && <ChangeGroupDialog group={group} close={() => setOpen(false)} />}
    </>
  );
}

'use client';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const NewGroupDialog = dynamic(() => import('./NewGroupDialog.tsx').then((part) => part.NewGroupDialog), {
  ssr: false,
});

export function NewGroup() {
  const t = useTranslations('people');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="main" icon={<Icon of={Plus} size="s" />} onClick={() => setOpen(true)}>
        {t('newGroup')}
      </Button>
      {open && <NewGroupDialog close={() => setOpen(false)} />}
    </>
  );
}

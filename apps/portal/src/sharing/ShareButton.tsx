'use client';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const ShareDialog = dynamic(() => import('./ShareDialog.tsx').then((part) => part.ShareDialog), {
  ssr: false,
});

/** "Who can see this, and why", and for whom may share, the way to change it. The same for every kind of thing. */
export function ShareButton({ resource }: { resource: Resource }) {
  const t = useTranslations('sharing');
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Button
        icon={<Icon of={Users} size="s" />}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        {t('share')}
      </Button>
      {wanted && <ShareDialog resource={resource} open={open} onOpenChange={setOpen} />}
    </>
  );
}

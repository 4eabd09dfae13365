'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Compass } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const BrowseDialog = dynamic(() => import('./BrowseDialog.tsx').then((part) => part.BrowseDialog), {
  ssr: false,
});

/** Opens all the channels of a space, those one is not in among them. */
export function BrowseChannels({ spaceId }: { spaceId: string }) {
  const t = useTranslations('chatChannel');
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t('browse')} tipAlign="end" onClick={() => setOpen(true)}>
        <Icon of={Compass} size="s" />
      </IconButton>
      {open && <BrowseDialog spaceId={spaceId} close={() => setOpen(false)} />}
    </>
  );
}

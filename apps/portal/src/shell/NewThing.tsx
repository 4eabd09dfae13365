'use client';
import type { Space } from '@parvis/contract/directory';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const NewThingMenu = dynamic(() => import('./NewThingMenu.tsx').then((part) => part.NewThingMenu), {
  ssr: false,
});

/** The one way to make something in a space: channel, document, folder, meeting. */
export function NewThing({ space }: { space: Space }) {
  const t = useTranslations('shell');
  const [wanted, setWanted] = useState(false);
  const trigger = (
    <IconButton label={t('new')} aria-haspopup="menu" onClick={() => setWanted(true)} tipAlign="end">
      <Icon of={Plus} />
    </IconButton>
  );
  return wanted ? <NewThingMenu space={space} trigger={trigger} /> : trigger;
}

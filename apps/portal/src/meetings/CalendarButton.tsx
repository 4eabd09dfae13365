'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { CalendarSync } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const CalendarDialog = dynamic(() => import('./CalendarDialog.tsx').then((part) => part.CalendarDialog), {
  ssr: false,
});

/** The way to one's meetings in another calendar. */
export function CalendarButton() {
  const t = useTranslations('meetings');
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t('calendar')} onClick={() => setOpen(true)}>
        <Icon of={CalendarSync} />
      </IconButton>
      {open && <CalendarDialog close={() => setOpen(false)} />}
    </>
  );
}

'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { CalendarPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Place } from './draft.ts';

const ScheduleDialog = dynamic(() => import('./ScheduleDialog.tsx').then((part) => part.ScheduleDialog), {
  ssr: false,
});

/** Schedules a meeting in a space; or for the people of a channel, who write there. */
export function ScheduleIn({ space, channel }: { space?: Place; channel?: Place }) {
  const t = useTranslations('meetings');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t('scheduleIn')} tipAlign="end" onClick={() => setOpen(true)}>
        <Icon of={CalendarPlus} />
      </IconButton>
      {open && (
        <ScheduleDialog
          {...(space === undefined ? {} : { spaces: [space], spaceId: space.id })}
          {...(channel === undefined ? {} : { channelId: channel.id, title: channel.title })}
          close={() => setOpen(false)}
          onDone={() => router.refresh()}
        />
      )}
    </>
  );
}

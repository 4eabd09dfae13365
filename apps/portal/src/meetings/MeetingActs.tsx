'use client';
import { call } from '@parvis/contract/call';
import { createMeeting } from '@parvis/contract/meet';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { toast } from '@parvis/ui/Toast';
import { CalendarPlus, Video } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import type { Place } from './draft.ts';

const ScheduleDialog = dynamic(() => import('./ScheduleDialog.tsx').then((part) => part.ScheduleDialog), {
  ssr: false,
});

interface Props {
  /** Spaces in which the person may open meetings. */
  spaces: readonly Place[];
  /** Of the person, after whom a meeting of their own is called. */
  name: string;
  /** Whether the form is open when the page comes. */
  scheduling: boolean;
}

/** A meeting now, or at another time. */
export function MeetingActs({ spaces, name, scheduling }: Props) {
  const t = useTranslations('meetings');
  const problem = useProblem();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(scheduling);
  async function start() {
    setBusy(true);
    try {
      const { id } = await call(createMeeting, { title: t('meetingOf', { name }) });
      router.push(`/meet/${id}`);
    } catch (error) {
      setBusy(false);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <>
      <Button icon={<Icon of={Video} size="s" />} busy={busy} onClick={() => void start()}>
        {t('startNow')}
      </Button>
      <Button kind="main" icon={<Icon of={CalendarPlus} size="s" />} onClick={() => setOpen(true)}>
        {t('schedule')}
      </Button>
      {open && (
        <ScheduleDialog spaces={spaces} close={() => setOpen(false)} onDone={() => router.refresh()} />
      )}
    </>
  );
}

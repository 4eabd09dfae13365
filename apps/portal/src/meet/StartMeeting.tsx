'use client';
import { call } from '@parvis/contract/call';
import { createMeeting, listMeetings } from '@parvis/contract/meet';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { toast } from '@parvis/ui/Toast';
import { Video } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** Goes to the open meeting of that name in the space, or opens one: two presses never make two meetings. */
export function StartMeeting(props: { spaceId: string; title: string; small?: boolean }) {
  const { spaceId, title, small } = props;
  const t = useTranslations('space');
  const problem = useProblem();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function start() {
    setBusy(true);
    try {
      const { meetings } = await call(listMeetings, { id: spaceId });
      const open = meetings.find((one) => one.endedAt === null && one.title === title);
      const meeting = open ?? (await call(createMeeting, { spaceId, title }));
      router.push(`/meet/${meeting.id}`);
      if (!open) router.refresh();
    } catch (error) {
      setBusy(false);
      toast(problem(error), { tone: 'bad' });
    }
  }
  if (small)
    return (
      <IconButton
        label={t('startMeeting')}
        tipAlign="end"
        aria-disabled={busy || undefined}
        onClick={() => void (busy ? undefined : start())}
      >
        <Icon of={Video} />
      </IconButton>
    );
  return (
    <Button kind="main" icon={<Icon of={Video} size="s" />} busy={busy} onClick={() => void start()}>
      {t('startMeeting')}
    </Button>
  );
}

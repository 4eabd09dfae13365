'use client';
import { call } from '@parvis/contract/call';
import type { Document } from '@parvis/contract/docs';
import { createMeeting, listMeetings, type Meeting } from '@parvis/contract/meet';
import { Icon } from '@parvis/ui/Icon';
import type { MenuGroup } from '@parvis/ui/Menu';
import { toast } from '@parvis/ui/Toast';
import { CalendarPlus, Video } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { useFrame } from '../../shell/AppFrame.tsx';

const ScheduleDialog = dynamic(
  () => import('../../meetings/ScheduleDialog.tsx').then((part) => part.ScheduleDialog),
  { ssr: false },
);

/** The call about a document that is held already, if there is one. */
async function callAbout({ id, spaceId }: Document): Promise<Meeting | undefined> {
  if (spaceId === null) return undefined;
  const { meetings } = await call(listMeetings, { id: spaceId });
  return meetings.find((one) => one.notesId === id && one.endedAt === null && one.schedule === null);
}

/** Talks about a document with those who can read it, now or at a time; nothing for whoever may not write to it. */
export function useMeetingActions(document: Document): { groups: readonly MenuGroup[]; dialog: ReactNode } {
  const t = useTranslations('docsMeeting');
  const problem = useProblem();
  const router = useRouter();
  const { person } = useFrame();
  const [asking, setAsking] = useState(false);
  if (person.kind !== 'member' || !document.abilities.comment) return { groups: [], dialog: null };
  const { id: documentId, title } = document;
  const start = async () => {
    const meeting = (await callAbout(document)) ?? (await call(createMeeting, { documentId, title }));
    router.push(`/meet/${meeting.id}`);
  };
  const items = [
    {
      id: 'call',
      label: t('call'),
      note: t('whoComes'),
      icon: <Icon of={Video} size="s" />,
      onAction: () => void start().catch((error: unknown) => toast(problem(error), { tone: 'bad' })),
    },
    {
      id: 'schedule',
      label: t('schedule'),
      icon: <Icon of={CalendarPlus} size="s" />,
      onAction: () => setAsking(true),
    },
  ];
  return {
    groups: [{ id: 'meeting', label: t('meeting'), items }],
    dialog: asking && (
      <ScheduleDialog
        documentId={documentId}
        title={title}
        close={() => setAsking(false)}
        onDone={() => undefined}
      />
    ),
  };
}

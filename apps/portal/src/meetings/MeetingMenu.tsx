'use client';
import { call } from '@parvis/contract/call';
import { getPlan, type MeetingLine, type MeetingPlan } from '@parvis/contract/meet-schedule';
import type { MenuAction } from '@parvis/ui/Menu';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { MenuLater } from '@parvis/ui/MenuLater';
import { toast } from '@parvis/ui/Toast';
import { CalendarArrowDown, CalendarClock, CalendarX2, Ellipsis, Pencil } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

const ScheduleDialog = dynamic(() => import('./ScheduleDialog.tsx').then((part) => part.ScheduleDialog), {
  ssr: false,
});
const MoveDialog = dynamic(() => import('./MoveDialog.tsx').then((part) => part.MoveDialog), { ssr: false });
const CancelDialog = dynamic(() => import('./CancelDialog.tsx').then((part) => part.CancelDialog), {
  ssr: false,
});

interface Props {
  line: MeetingLine;
  zone: string;
  now: Date;
  onChanged: () => void;
}
type Doing = { what: 'change'; plan: MeetingPlan } | { what: 'move'; plan: MeetingPlan } | { what: 'cancel' };

interface Acts {
  onPlan: (what: 'change' | 'move') => void;
  onCancel: () => void;
}

/** What may be done by whom: whoever may change a meeting moves and cancels it, everybody takes it to their calendar. */
function useItems(
  { meetingId, occurrenceId }: Pick<MeetingLine, 'meetingId' | 'occurrenceId'>,
  changes: boolean,
  { onPlan, onCancel }: Acts,
): MenuAction[] {
  const t = useTranslations('meetings');
  const item = (id: string, icon: MenuAction['icon'], rest: Partial<MenuAction>): MenuAction => ({
    id,
    label: t(`menu.${id}`),
    icon,
    ...rest,
  });
  return [
    ...(changes
      ? [
          item('change', <Icon of={Pencil} size="s" />, { onAction: () => onPlan('change') }),
          item('move', <Icon of={CalendarClock} size="s" />, { onAction: () => onPlan('move') }),
        ]
      : []),
    ...(occurrenceId !== null
      ? [
          item('file', <Icon of={CalendarArrowDown} size="s" />, {
            href: `/api/meet/meetings/${meetingId}/invitation.ics`,
          }),
        ]
      : []),
    ...(changes
      ? [
          item('cancel', <Icon of={CalendarX2} size="s" />, {
            danger: true,
            onAction: onCancel,
          }),
        ]
      : []),
  ];
}

/** What else there is to do about a meeting. */
export function MeetingMenu({ line, zone, now, onChanged }: Props) {
  const t = useTranslations('meetings');
  const problem = useProblem();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { meetingId, occurrenceId, title, cancelled, mayChange } = line;
  const over = line.endsAt !== null && Date.parse(line.endsAt) <= now.getTime();
  const changes = occurrenceId !== null && mayChange && !cancelled && !over;
  async function withPlan(what: 'change' | 'move') {
    try {
      setDoing({ what, plan: await call(getPlan, { id: meetingId }) });
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  const items = useItems(line, changes, {
    onPlan: (what) => void withPlan(what),
    onCancel: () => setDoing({ what: 'cancel' }),
  });
  if (items.length === 0) return null;
  const close = () => setDoing(null);
  return (
    <>
      <MenuLater
        trigger={
          <IconButton label={t('more', { title })} tipAlign="end">
            <Icon of={Ellipsis} />
          </IconButton>
        }
        label={t('more', { title })}
        align="end"
        groups={[{ id: 'acts', items }]}
      />
      {doing?.what === 'change' && <ScheduleDialog plan={doing.plan} close={close} onDone={onChanged} />}
      {doing?.what === 'move' && (
        <MoveDialog
          plan={doing.plan}
          occurrenceId={occurrenceId ?? ''}
          zone={zone}
          close={close}
          onDone={onChanged}
        />
      )}
      {doing?.what === 'cancel' && (
        <CancelDialog line={line} occurrenceId={occurrenceId ?? ''} close={close} onDone={onChanged} />
      )}
    </>
  );
}

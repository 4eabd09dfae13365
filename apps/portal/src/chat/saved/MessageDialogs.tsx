'use client';
import { reminderDaysMax } from '@parvis/contract/limits';
import { call } from '@parvis/contract/call';
import type { Message } from '@parvis/contract/chat-entry';
import { saveMessage } from '@parvis/contract/chat-saved';
import { toast } from '@parvis/ui/Toast';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { type Asking, onAsking } from './asking.ts';

const WhenDialog = dynamic(() => import('../when/WhenDialog.tsx').then((part) => part.WhenDialog), {
  ssr: false,
});
const ForwardDialog = dynamic(
  () => import('../forward/ForwardDialog.tsx').then((part) => part.ForwardDialog),
  {
    ssr: false,
  },
);

/** The dialogs that the menu of a message opens: save for later, forward. One per page that shows messages. */
export function MessageDialogs() {
  const t = useTranslations('chatSaved');
  const problem = useProblem();
  const [asking, setAsking] = useState<Asking | null>(null);
  useEffect(() => onAsking(setAsking), []);
  if (asking === null) return null;
  const close = () => setAsking(null);
  if (asking.what === 'forward') return <ForwardDialog message={asking.message} onClose={close} />;

  async function save({ channelId: id, seq }: Message, at: Date | null) {
    try {
      await call(saveMessage, { id, seq, remindAt: at?.toISOString() ?? null });
      toast(t('kept'), {
        action: { label: t('title'), onPress: () => location.assign('/saved') },
      });
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <WhenDialog
      title={t('save')}
      action={t('remind')}
      open
      onOpenChange={(open) => !open && close()}
      daysMax={reminderDaysMax}
      none={{ label: t('without'), onChoose: () => void save(asking.message, null) }}
      onChoose={(at) => void save(asking.message, at)}
    />
  );
}

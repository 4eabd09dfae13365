'use client';
import { call } from '@parvis/contract/call';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import { scheduleMessage } from '@parvis/contract/chat-scheduled';
import { scheduledDaysMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { exactTime } from '@parvis/ui/format';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useProblem } from '../../problems/useProblem.ts';
import { zone } from '../when/moments.ts';
import { WhenDialog } from '../when/WhenDialog.tsx';

interface Props {
  channelId: string;
  body: string;
  /** Nothing is still on its way. */
  ready: boolean;
  /** Takes what goes with the message. */
  extras: () => MessageExtras;
  onScheduled: () => void;
  onClose: () => void;
}

/** Asks when the message that is being written is to be sent. Without one it shows where those that wait are. */
export function SendLater({ channelId, body, ready, extras, onScheduled, onClose }: Props) {
  const t = useTranslations('chatScheduled');
  const problem = useProblem();
  const locale = useLocale();
  if (body === '' || !ready) {
    return (
      <Dialog
        title={t('later')}
        open
        onOpenChange={onClose}
        actions={(close) => (
          <Button kind="main" onClick={close}>
            {t('save')}
          </Button>
        )}
      >
        <p>{t('noneHelp')}</p>
        <p>
          <Link className="p-link" href="/scheduled">
            {t('see')}
          </Link>
        </p>
      </Dialog>
    );
  }
  async function schedule(at: Date) {
    try {
      const given = { id: channelId, clientId: crypto.randomUUID(), body, sendAt: at.toISOString() };
      await call(scheduleMessage, { ...given, ...extras() });
      onScheduled();
      toast(t('done', { time: exactTime(at, locale, { timeZone: zone() }) }), {
        action: { label: t('see'), onPress: () => location.assign('/scheduled') },
      });
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <WhenDialog
      title={t('later')}
      action={t('at')}
      open
      onOpenChange={(open) => !open && onClose()}
      daysMax={scheduledDaysMax}
      onChoose={(at) => void schedule(at)}
    />
  );
}

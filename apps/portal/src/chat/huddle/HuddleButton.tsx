'use client';
import type { Channel } from '@parvis/contract/chat';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { toast } from '@parvis/ui/Toast';
import { Video } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

/** Goes into the meeting of the channel, and starts it when none is held. */
export function HuddleButton({ channel }: { channel: Channel }) {
  const t = useTranslations('chatHuddle');
  const problem = useProblem();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function go() {
    setBusy(true);
    try {
      const { huddleOf } = await import('./start.ts');
      router.push(`/meet/${await huddleOf(channel)}`);
    } catch (error) {
      setBusy(false);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <IconButton
      label={t('go')}
      tipAlign="end"
      aria-disabled={busy || undefined}
      onClick={() => void (busy ? undefined : go())}
    >
      <Icon of={Video} />
    </IconButton>
  );
}

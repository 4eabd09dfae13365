'use client';
import { call } from '@parvis/contract/call';
import { hideMessage, unhideMessage } from '@parvis/contract/chat-moderation';
import { toast } from '@parvis/ui/Toast';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { ask, useAsked } from './asked.ts';

const ReportDialog = dynamic(() => import('./ReportDialog.tsx').then((part) => part.ReportDialog), {
  ssr: false,
});

/** Does what was asked about a message of this channel: opens the report, hides, shows again. */
export function ModerationHost({
  channelId,
  isConversation,
}: {
  channelId: string;
  isConversation: boolean;
}) {
  const t = useTranslations('chatModeration');
  const problem = useProblem();
  const asked = useAsked();
  const mine = asked !== null && asked.message.channelId === channelId ? asked : null;
  const { kind = null, message } = mine ?? {};
  const seq = message?.seq;
  useEffect(() => {
    if (kind === null || kind === 'report' || seq === undefined) return;
    ask(null);
    call(kind === 'hide' ? hideMessage : unhideMessage, { id: channelId, seq }).then(
      () => toast(t(kind === 'hide' ? 'hidden' : 'shown')),
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
    // oxlint-disable-next-line react/exhaustive-deps -- once for each asking
  }, [kind, seq, channelId]);
  if (kind !== 'report' || seq === undefined) return null;
  return <ReportDialog channelId={channelId} seq={seq} toHouse={isConversation} close={() => ask(null)} />;
}

'use client';
import './channel.css';
import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import { joinChannel } from '@parvis/contract/chat-channel';
import { Button } from '@parvis/ui/Button';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ModerationHost } from '../moderation/ModerationHost.tsx';
import { useProblem } from '../../problems/useProblem.ts';

/** Where one would write: the composer, or why there is none and what can be done about it. */
export function ChannelFoot({ channel, children }: { channel: Channel; children: ReactNode }) {
  const isConversation = channel.conversation !== null;
  return (
    <>
      <Foot channel={channel}>{children}</Foot>
      <ModerationHost channelId={channel.id} isConversation={isConversation} />
    </>
  );
}

function Foot({ channel, children }: { channel: Channel; children: ReactNode }) {
  const t = useTranslations('chatChannel');
  const mayWrite =
    channel.channelKind === 'announcements' ? channel.abilities.manage : channel.abilities.comment;
  if (channel.archivedAt !== null) return <p className="chat-closed p-meta">{t('archivedFoot')}</p>;
  if (channel.silenced) return <p className="chat-closed p-meta">{t('silencedFoot')}</p>;
  if (!channel.joined) return <JoinFoot channel={channel} />;
  if (!mayWrite)
    return (
      <p className="chat-closed p-meta">
        {t(channel.channelKind === 'announcements' ? 'announcementsFoot' : 'readOnlyFoot')}
      </p>
    );
  return children;
}

function JoinFoot({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const problem = useProblem();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function join() {
    setBusy(true);
    try {
      await call(joinChannel, { id: channel.id });
      router.refresh();
    } catch (error) {
      setBusy(false);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <div className="chat-closed chat-join">
      <p className="p-meta">{t('notJoined')}</p>
      <Button kind="main" busy={busy} onClick={() => void join()}>
        {t('join')}
      </Button>
    </div>
  );
}

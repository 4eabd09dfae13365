'use client';
import type { Channel } from '@parvis/contract/chat';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import { useTranslations } from 'next-intl';
import { MessageComposer } from './MessageComposer.tsx';

interface Props {
  channel: Channel;
  onSend: (body: string, extras?: MessageExtras) => void;
  onTyping: () => void;
  onUp?: () => boolean;
}

/** The composer under a channel. */
export function ChannelComposer({ channel, ...acts }: Props) {
  const t = useTranslations('chatCompose');
  return <MessageComposer channelId={channel.id} label={t('write', { name: channel.title })} {...acts} />;
}

'use client';
import type { Channel } from '@parvis/contract/chat';
import { useTranslations } from 'next-intl';
import { MessageComposer, type MessageComposerProps } from './MessageComposer.tsx';

type Props = Pick<MessageComposerProps, 'onSend' | 'onTyping' | 'onUp' | 'quote' | 'above'> & {
  channel: Channel;
};

/** The composer under a channel. */
export function ChannelComposer({ channel, ...acts }: Props) {
  const t = useTranslations('chatCompose');
  return (
    <MessageComposer
      channelId={channel.id}
      label={t('write', { name: channel.title })}
      commands={channel.conversation === null ? 'channel' : 'conversation'}
      {...acts}
    />
  );
}

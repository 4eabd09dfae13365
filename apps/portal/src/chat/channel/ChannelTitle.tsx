'use client';
import './channel.css';
import type { Channel } from '@parvis/contract/chat';
import { useTranslations } from 'next-intl';
import { ChannelIcon } from './ChannelIcon.tsx';

/** A channel's name in the bar, with its topic under it; its kind is said to who does not see the icon. */
export function ChannelTitle({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  return (
    <div className="p-bar-title chat-title">
      <ChannelIcon kind={channel.conversation ?? channel.channelKind} />
      <div className="chat-title-words">
        <h1>
          <span className="p-sr">{t(`kinds.${channel.conversation ?? channel.channelKind}`)} </span>
          <bdi>{channel.title}</bdi>
        </h1>
        {channel.topic !== '' && (
          <p className="chat-topic p-meta" dir="auto" title={channel.topic}>
            {channel.topic}
          </p>
        )}
      </div>
    </div>
  );
}

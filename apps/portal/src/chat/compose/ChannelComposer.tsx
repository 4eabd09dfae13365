'use client';
import type { Channel } from '@parvis/contract/chat';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef } from 'react';
import { Composer, type ComposerHandle } from './Composer.tsx';

interface Props {
  channel: Channel;
  onSend: (body: string) => void;
  onTyping: () => void;
  onUp?: () => boolean;
}

const draftKey = (channelId: string) => `parvis-draft:${channelId}`;

/** The composer under a channel: its draft stays when the page is left. */
export function ChannelComposer({ channel, onSend, onTyping, onUp }: Props) {
  const t = useTranslations('chatCompose');
  const composer = useRef<ComposerHandle | null>(null);
  const handle = useCallback((next: ComposerHandle | null) => {
    composer.current = next;
  }, []);
  useEffect(() => {
    const draft = localStorage.getItem(draftKey(channel.id));
    if (draft !== null) composer.current?.write(draft);
  }, [channel.id]);
  function write(body: string) {
    if (body === '') localStorage.removeItem(draftKey(channel.id));
    else localStorage.setItem(draftKey(channel.id), body);
    if (body !== '') onTyping();
  }
  return (
    <Composer
      channelId={channel.id}
      label={t('write', { name: channel.title })}
      handle={handle}
      onSend={(body) => {
        onSend(body);
        write('');
      }}
      onChange={write}
      onUp={onUp}
    />
  );
}

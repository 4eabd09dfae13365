'use client';
import type { Channel } from '@parvis/contract/chat';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Composer } from '../compose/Composer.tsx';

interface Props {
  channel: Channel;
  threadSeq: number;
  onSend: (body: string) => void;
  onTyping: () => void;
  /** ArrowUp in an empty field. Answers whether something came of it. */
  onUp: () => boolean;
  /** Between the text and the tools. */
  extra: ReactNode;
}

/** Where an answer is written. A draft stays when the panel is closed. */
export function ThreadComposer({ channel, threadSeq, onSend, onTyping, onUp, extra }: Props) {
  const t = useTranslations('chatThread');
  const key = `parvis-draft:${channel.id}:${threadSeq}`;
  function keep(body: string) {
    if (body === '') localStorage.removeItem(key);
    else localStorage.setItem(key, body);
    if (body !== '') onTyping();
  }
  return (
    <Composer
      channelId={channel.id}
      label={t('write')}
      initial={localStorage.getItem(key) ?? ''}
      focused
      onSend={(body) => {
        onSend(body);
        keep('');
      }}
      onChange={keep}
      onUp={onUp}
      extra={extra}
    />
  );
}

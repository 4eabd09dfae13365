'use client';
import type { Channel } from '@parvis/contract/chat';
import { messageLengthMax } from '@parvis/contract/limits';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';

const draftKey = (channelId: string) => `parvis-draft:${channelId}`;

/** Where a message is written. A draft stays when the page is left; Enter sends, Shift+Enter breaks the line. */
export function Composer(props: { channel: Channel; onSend: (body: string) => void; onTyping: () => void }) {
  const t = useTranslations('chat');
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    setText(localStorage.getItem(draftKey(props.channel.id)) ?? '');
  }, [props.channel.id]);

  function write(next: string) {
    setText(next);
    if (next === '') localStorage.removeItem(draftKey(props.channel.id));
    else localStorage.setItem(draftKey(props.channel.id), next);
    if (next !== '') props.onTyping();
  }
  function send(event?: FormEvent) {
    event?.preventDefault();
    const body = text.trim();
    if (body === '' || body.length > messageLengthMax) return;
    props.onSend(body);
    write('');
    field.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    // While an input method composes (Arabic diacritics, accents), Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }
  const left = messageLengthMax - text.length;
  return (
    <form className="chat-compose" onSubmit={send}>
      <textarea
        ref={field}
        className="chat-write"
        aria-label={t('write', { name: props.channel.title })}
        placeholder={t('write', { name: props.channel.title })}
        value={text}
        dir="auto"
        rows={1}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="chat-tools">
        <span className="p-meta chat-hint">{left < 500 ? t('left', { count: left }) : t('hint')}</span>
        <IconButton
          label={t('send')}
          type="submit"
          kind="main"
          disabled={text.trim() === '' || left < 0}
          tipAlign="end"
          tipSide="top"
        >
          <Icon of={Send} flip />
        </IconButton>
      </div>
    </form>
  );
}

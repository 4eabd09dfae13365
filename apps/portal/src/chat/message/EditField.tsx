'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { useTranslations } from 'next-intl';
import { Composer } from '../compose/Composer.tsx';

interface Props {
  message: Message;
  /** Null when it stays as it was. Resolves when it is stored. */
  onDone: (body: string | null) => Promise<void>;
}

/** A message of one's own, written anew in its place. Enter keeps the change, Escape leaves the text as it was. */
export function EditField({ message, onDone }: Props) {
  const t = useTranslations('chatMessage');
  const done = (body: string | null) => {
    // Whoever stores it says why it was not; the words stay in the field.
    onDone(body === message.body ? null : body).catch(() => undefined);
  };
  return (
    <Composer
      channelId={message.channelId}
      label={t('acts.edit')}
      initial={message.body}
      editing
      focused
      onSend={(body) => done(body)}
      onCancel={() => done(null)}
    />
  );
}

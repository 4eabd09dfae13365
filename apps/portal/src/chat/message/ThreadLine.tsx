'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { Avatar } from '@parvis/ui/Avatar';
import { relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { CornerDownRight } from 'lucide-react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import type { Here } from './here.ts';

/** Faces shown of who answered. */
const facesMax = 4;

/** Under a message that has answers: who, how many, when the last; a press opens the thread. */
export function ThreadLine({
  message,
  here,
  stops,
  id,
}: {
  message: Message;
  here: Here;
  stops: boolean;
  id: string;
}) {
  const t = useTranslations('chatMessage');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const { thread } = message;
  if (thread === null || thread.replies === 0 || here.inThread) return null;
  const last = relativeTime(thread.lastAt, locale, now, { timeZone });
  return (
    <button
      id={id}
      type="button"
      className="chat-thread-line"
      tabIndex={stops ? undefined : -1}
      onClick={() => here.show('thread', message.seq)}
    >
      <span className="p-stack" aria-hidden="true">
        {thread.people.slice(0, facesMax).map((person) => (
          <Avatar key={person.id} id={person.id} name={person.name} size="s" />
        ))}
      </span>
      <strong>{t('replies', { count: thread.replies })}</strong>
      <span className="p-meta" suppressHydrationWarning>
        {t('lastReply', { time: last })}
      </span>
    </button>
  );
}

/** Above an answer that the channel shows too: of which thread it is. */
export function AnswerLine({ message, here, stops }: { message: Message; here: Here; stops: boolean }) {
  const t = useTranslations('chatMessage');
  const root = message.threadSeq;
  if (root === null || here.inThread) return null;
  return (
    <button
      type="button"
      className="chat-answer-line p-meta"
      tabIndex={stops ? undefined : -1}
      onClick={() => here.show('thread', root)}
    >
      <Icon of={CornerDownRight} size="xs" flip />
      {t('inThread')}
    </button>
  );
}

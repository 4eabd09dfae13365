'use client';
import type { Message } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import { Avatar } from '@parvis/ui/Avatar';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { clockTime, exactTime } from '@parvis/ui/format';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import type { Waiting } from '../channel-state.ts';
import { Body } from './Body.tsx';

/** One message; `together` when the same person said the one before, just now. */
export function MessageRow({ message, together }: { message: Message; together: boolean }) {
  const shell = useTranslations('shell');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const time = (
    <time className="chat-at" dateTime={message.at} title={exactTime(message.at, locale, { timeZone })}>
      {clockTime(message.at, locale, { timeZone })}
    </time>
  );
  return (
    <article
      className="chat-message"
      data-together={together || undefined}
      tabIndex={-1}
      aria-label={message.sender.name}
    >
      {together ? time : <Avatar id={message.sender.id} name={message.sender.name} size="l" />}
      <div>
        {!together && (
          <p className="chat-who">
            <bdi className="chat-name">{message.sender.name}</bdi>
            {message.sender.kind === 'guest' && <Badge tone="people">{shell('guest')}</Badge>}
            {time}
          </p>
        )}
        <Body text={message.body} />
      </div>
    </article>
  );
}

interface WaitingProps {
  waiting: Waiting;
  me: Person;
  onAgain: (waiting: Waiting) => void;
  onDrop: (clientId: string) => void;
}

/** A message of mine that is not yet stored, or was refused: it says so, and stays until it is sent or dropped. */
export function WaitingRow({ waiting, me, onAgain, onDrop }: WaitingProps) {
  const t = useTranslations('chat');
  const problems = useTranslations('problems');
  return (
    <article className="chat-message" data-waiting tabIndex={-1} aria-label={me.name}>
      <Avatar id={me.id} name={me.name} size="l" />
      <div>
        <p className="chat-who">
          <bdi className="chat-name">{me.name}</bdi>
          <span className="chat-at">{waiting.refused ? '' : t('sending')}</span>
        </p>
        <Body text={waiting.body} />
        {waiting.refused && (
          <p className="chat-refused">
            {problems.has(waiting.refused) ? problems(waiting.refused) : problems('internal')}
            <Button onClick={() => onAgain(waiting)}>{t('again')}</Button>
            <Button kind="quiet" onClick={() => onDrop(waiting.clientId)}>
              {t('drop')}
            </Button>
          </p>
        )}
      </div>
    </article>
  );
}

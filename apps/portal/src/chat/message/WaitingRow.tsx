'use client';
import type { Person } from '@parvis/contract/shape';
import { Avatar } from '@parvis/ui/Avatar';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import type { Waiting } from '../channel-state.ts';
import { Body } from './Body.tsx';

interface Props {
  waiting: Waiting;
  me: Person;
  onAgain: (waiting: Waiting) => void;
  onDrop: (clientId: string) => void;
}

/** A message of mine that is not yet stored, or was refused: it says so, and stays until it is sent or dropped. */
export function WaitingRow({ waiting, me, onAgain, onDrop }: Props) {
  const t = useTranslations('chat');
  const problems = useTranslations('problems');
  return (
    <article className="chat-message" data-waiting tabIndex={-1} aria-label={me.name}>
      <Avatar id={me.id} name={me.name} size="l" />
      <div className="chat-said">
        <p className="chat-who">
          <bdi className="chat-name">{me.name}</bdi>
          <span className="chat-at">{waiting.refused ? '' : t('sending')}</span>
        </p>
        <Body body={waiting.body} />
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

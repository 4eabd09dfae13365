'use client';
import './apps.css';
import type { Channel } from '@parvis/contract/chat';
import { call } from '@parvis/contract/call';
import { listCommands } from '@parvis/contract/chat-command';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import type { Locale } from '@parvis/contract/shape';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Body } from '../message/Body.tsx';
import { PollDialog } from '../poll/PollDialog.tsx';
import { commandsIn } from './commands.ts';
import type { Answer } from './useCommands.ts';

interface Props {
  channel: Channel;
  answer: Answer;
  close: () => void;
  send: (body: string, extras: MessageExtras) => void;
}

/** What only the person who gave a command sees, above the field. */
export function CommandAnswer({ channel, answer, close, send }: Props) {
  const t = useTranslations('chatApps');
  const shell = useTranslations('shell');
  if (answer.kind === 'poll')
    return <PollDialog open onOpenChange={close} onAsk={(poll) => send('', { poll })} />;
  return (
    <section className="app-answer" aria-label={t('onlyYou')}>
      <div className="app-answer-head">
        <span className="p-meta">
          {answer.kind === 'reply' && `/${answer.word} · `}
          {t(answer.kind === 'help' ? 'commandsOffered' : 'onlyYou')}
        </span>
        <IconButton label={shell('close')} onClick={close}>
          <Icon of={X} size="s" />
        </IconButton>
      </div>
      <div role="status">
        {answer.kind === 'reply' && <Body body={answer.text} />}
        {answer.kind === 'told' && <p dir="auto">{answer.text}</p>}
        {answer.kind === 'help' && <Help channel={channel} />}
      </div>
    </section>
  );
}

/** The commands of the house and of this channel's programs. */
function Help({ channel }: { channel: Channel }) {
  const t = useTranslations('chatApps');
  const locale = useLocale() as Locale;
  const [programs, setPrograms] = useState<readonly { word: string; hint: string }[]>([]);
  useEffect(() => {
    call(listCommands, { id: channel.id }).then(
      ({ commands }) => setPrograms(commands),
      () => undefined,
    );
  }, [channel.id]);
  return (
    <dl className="app-commands">
      {commandsIn(locale, channel.conversation === null ? 'channel' : 'conversation').map(
        ({ command, word }) => (
          <div key={command}>
            <dt>
              <bdi>/{word}</bdi>
            </dt>
            <dd>{t(`does.${command}`)}</dd>
          </div>
        ),
      )}
      {programs.map(({ word, hint }) => (
        <div key={word}>
          <dt>
            <bdi>/{word}</bdi>
          </dt>
          <dd>
            <bdi>{hint === '' ? t('byProgram') : hint}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

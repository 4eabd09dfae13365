'use client';
import './pins.css';
import { call } from '@parvis/contract/call';
import type { Message } from '@parvis/contract/chat-entry';
import { listPins, pinMessage } from '@parvis/contract/chat-message';
import { Avatar } from '@parvis/ui/Avatar';
import { EmptyState } from '@parvis/ui/EmptyState';
import { exactTime, relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import { PinOff } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useFrame } from '../../shell/AppFrame.tsx';
import { useProblem } from '../../problems/useProblem.ts';
import { Body } from '../message/Body.tsx';
import type { PanelProps } from '../panel/panels.tsx';

/** The pinned messages of the channel as they are now: asked for again when a message is pinned or let go. */
function usePins({ channel, chat }: PanelProps) {
  const [pins, setPins] = useState<readonly Message[] | 'failed' | null>(null);
  const drawn = chat.state.messages.flatMap(({ seq, pinnedBy }) => (pinnedBy === null ? [] : [seq])).join();
  useEffect(() => {
    let current = true;
    call(listPins, { id: channel.id }).then(
      ({ messages }) => current && setPins(messages),
      () => current && setPins((now) => now ?? 'failed'),
    );
    return () => {
      current = false;
    };
  }, [channel.id, drawn]);
  return { pins, setPins };
}

/** What was pinned for everybody, the last first; each leads to its place. */
export function PinsPanel(props: PanelProps) {
  const t = useTranslations('chatPins');
  const problem = useProblem();
  const { channel, chat } = props;
  const { pins, setPins } = usePins(props);
  if (pins === null) return <SkeletonLines label={t('loading')} />;
  if (pins === 'failed') return <p>{t('failed')}</p>;
  if (pins.length === 0) return <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>;
  async function letGo(message: Message) {
    try {
      chat.changed(await call(pinMessage, { id: channel.id, seq: message.seq, on: false }));
      setPins((now) => (Array.isArray(now) ? now.filter(({ seq }) => seq !== message.seq) : now));
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <ul className="chat-pins">
      {pins.map((message) => (
        <Pin
          key={message.seq}
          message={message}
          onLetGo={channel.abilities.comment ? () => void letGo(message) : undefined}
        />
      ))}
    </ul>
  );
}

function Pin({ message, onLetGo }: { message: Message; onLetGo: (() => void) | undefined }) {
  const t = useTranslations('chatPins');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const { person } = useFrame();
  const { sender, at, channelId, seq, threadSeq } = message;
  const thread = threadSeq === null ? '' : `&panel=thread.${threadSeq}`;
  return (
    <li className="chat-pin">
      <header>
        <Avatar id={sender.id} name={sender.name} size="s" />
        <bdi className="chat-name p-cut">{sender.name}</bdi>
        <Link className="chat-at p-link" href={`/chat/${channelId}?m=${seq}${thread}`}>
          <span className="p-sr">{t('goTo', { name: sender.name })} </span>
          <time dateTime={at} title={exactTime(at, locale, { timeZone })}>
            {relativeTime(at, locale, now, { timeZone })}
          </time>
        </Link>
        {onLetGo && (
          <IconButton label={t('unpin')} tipAlign="end" onClick={onLetGo}>
            <Icon of={PinOff} size="s" />
          </IconButton>
        )}
      </header>
      <Body body={message.body} mentions={message.mentions} me={person.id} />
      {message.pinnedBy && <p className="p-meta">{t('by', { name: message.pinnedBy.name })}</p>}
    </li>
  );
}

'use client';
import type { Channel } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import type { MyThread } from '@parvis/contract/chat-thread';
import { Avatar } from '@parvis/ui/Avatar';
import { Count } from '@parvis/ui/Count';
import { exactTime, relativeTime } from '@parvis/ui/format';
import Link from 'next/link';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useFrame } from '../../shell/AppFrame.tsx';
import { ChannelIcon } from '../channel/ChannelIcon.tsx';
import { Body } from '../message/Body.tsx';
import type { Block } from '../message/tree.ts';

interface Props {
  thread: MyThread;
  channel: Channel | undefined;
  given: Readonly<Record<number, readonly Block[]>> | undefined;
}

/** One thread of the inbox: where, what was said, the last answers, and the way to go on. */
export function ThreadCard({ thread, channel, given }: Props) {
  const t = useTranslations('chatThreads');
  const { channelId, threadSeq, root, latest, unread, readSeq } = thread;
  const href = `/chat/${channelId}?panel=thread.${threadSeq}`;
  const between = (root.thread?.replies ?? latest.length) - latest.length;
  return (
    <li className="chat-thread-card" data-unread={unread > 0 || undefined}>
      <header>
        {channel && <ChannelIcon kind={channel.conversation ?? channel.channelKind} size="s" />}
        <h2 className="p-cut">
          <Link href={href}>
            <bdi>{channel?.title ?? t('channel')}</bdi>
          </Link>
        </h2>
        {unread > 0 && <Count value={unread} label={t('unread', { count: unread })} />}
      </header>
      <Said message={root} given={given?.[root.seq]} isNew={false} />
      {between > 0 && (
        <p className="p-meta chat-thread-between">
          <Link className="p-link" href={href}>
            {t('between', { count: between })}
          </Link>
        </p>
      )}
      {latest.map((answer) => (
        <Said
          key={answer.seq}
          message={answer}
          given={given?.[answer.seq]}
          isNew={unread > 0 && answer.seq > readSeq}
        />
      ))}
      <p className="chat-thread-on">
        <Link className="p-link" href={href} aria-label={t('openOf', { name: root.sender.name })}>
          {t('open')}
        </Link>
      </p>
    </li>
  );
}

function Said({
  message,
  given,
  isNew,
}: {
  message: Message;
  given: readonly Block[] | undefined;
  isNew: boolean;
}) {
  const t = useTranslations('chatThreads');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const { person } = useFrame();
  const { sender, at } = message;
  const gone = message.deletedAt !== null || message.hidden;
  return (
    <div className="chat-thread-said" data-new={isNew || undefined}>
      <Avatar id={sender.id} name={sender.name} />
      <div>
        <p className="chat-who">
          <bdi className="chat-name">{sender.name}</bdi>
          <time className="chat-at" dateTime={at} title={exactTime(at, locale, { timeZone })}>
            {relativeTime(at, locale, now, { timeZone })}
          </time>
        </p>
        {gone ? (
          <p className="p-meta">{t('removed')}</p>
        ) : (
          <Body body={message.body} given={given} mentions={message.mentions} me={person.id} />
        )}
      </div>
    </div>
  );
}

'use client';
import '../../chat/chat.css';
import { call } from '@parvis/contract/call';
import { type Channel, getChannel, listMessages } from '@parvis/contract/chat';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { CommandAnswer } from '../../chat/apps/CommandAnswer.tsx';
import { useCommands } from '../../chat/apps/useCommands.ts';
import { ChannelFoot } from '../../chat/channel/ChannelFoot.tsx';
import type { ChannelPage } from '../../chat/channel-state.ts';
import { ChannelComposer } from '../../chat/compose/ChannelComposer.tsx';
import { Quoted } from '../../chat/message/Quoted.tsx';
import { Timeline, type TimelineHandle } from '../../chat/message/Timeline.tsx';
import { MessageDialogs } from '../../chat/saved/MessageDialogs.tsx';
import { useChannel } from '../../chat/useChannel.ts';
import { useProblem } from '../../problems/useProblem.ts';
import { useFrame } from '../../shell/AppFrame.tsx';

/** The chat of a meeting: its channel, with all that a channel can do, and it stays when the meeting is over. */
export function ChatPanel({ channelId, silencedBy }: { channelId: string; silencedBy: string | null }) {
  const t = useTranslations('meetRoom');
  const problem = useProblem();
  const [found, setFound] = useState<{ channel: Channel; first: ChannelPage } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    Promise.all([call(getChannel, { id: channelId }), call(listMessages, { id: channelId })]).then(
      ([channel, first]) => !left && setFound({ channel, first }),
      (failed: unknown) => !left && setError(failed),
    );
    return () => {
      left = true;
    };
  }, [channelId]);
  if (error !== null) return <p className="meet-panel-note">{problem(error)}</p>;
  if (found === null) return <SkeletonLines label={t('opening')} rows={5} />;
  return <Chat key={channelId} {...found} silencedBy={silencedBy} />;
}

const write = () =>
  document.querySelector<HTMLElement>('.meet-panel .chat-compose :is(textarea, [contenteditable])')?.focus();
const nothing = {};

interface ChatProps {
  channel: Channel;
  first: ChannelPage;
  /** Who took my words here; the room says it sooner than the channel, and takes it back. */
  silencedBy: string | null;
}

function Chat({ channel, first, silencedBy }: ChatProps) {
  const t = useTranslations('meetRoom');
  const { person } = useFrame();
  const chat = useChannel(channel, first, person.id);
  const commands = useCommands(channel, chat.send, chat.state.messages);
  const timeline = useRef<TimelineHandle>(null);
  const [quoted, setQuoted] = useState<Message | null>(null);
  // Whoever is in the meeting writes in its chat, whether the channel stands in their column or not.
  const here = { ...channel, joined: true, silenced: false };
  const mayWrite = channel.abilities.comment && silencedBy === null;
  function say(body: string, extras?: MessageExtras) {
    commands.send(body, extras);
    setQuoted(null);
  }
  return (
    <div className="meet-chat">
      <Timeline
        channel={channel}
        me={person}
        people={channel.people}
        mayWrite={mayWrite}
        chat={chat}
        given={nothing}
        // Threads and other panels of a channel have no room beside a meeting: they open where they do.
        show={(panel, about) => {
          if (panel === null) return;
          const query = about === undefined ? panel : `${panel}.${about}`;
          window.open(`/chat/${channel.id}?panel=${encodeURIComponent(query)}`, '_blank', 'noopener');
        }}
        handle={timeline}
        onQuote={(message) => {
          setQuoted(message);
          write();
        }}
        onWrite={write}
      />
      {commands.answer !== null && (
        <CommandAnswer channel={channel} answer={commands.answer} close={commands.close} send={chat.send} />
      )}
      {silencedBy !== null ? (
        <p className="chat-closed p-meta" role="status">
          {t('silencedBy', { name: silencedBy })}
        </p>
      ) : (
        <ChannelFoot channel={here}>
          <ChannelComposer
            channel={channel}
            onSend={say}
            onTyping={chat.typing}
            onUp={() => timeline.current?.editLast() ?? false}
            {...(quoted && {
              quote: { channelId: quoted.channelId, seq: quoted.seq },
              above: <Quoted message={quoted} onDrop={() => setQuoted(null)} />,
            })}
          />
        </ChannelFoot>
      )}
      <MessageDialogs />
    </div>
  );
}

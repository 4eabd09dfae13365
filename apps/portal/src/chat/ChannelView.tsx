'use client';
import './chat.css';
import type { Channel } from '@parvis/contract/chat';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import type { Space } from '@parvis/contract/directory';
import type { Person } from '@parvis/contract/shape';
import { AvatarStack } from '@parvis/ui/Avatar';
import { Banner } from '@parvis/ui/Banner';
import { LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { exactTime, nameList } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { ScheduleIn } from '../meetings/ScheduleIn.tsx';
import { useFrame } from '../shell/AppFrame.tsx';
import { MembersButton } from '../space/MembersButton.tsx';
import { useCommands } from './apps/useCommands.ts';
import { ChannelFoot } from './channel/ChannelFoot.tsx';
import { ChannelTitle } from './channel/ChannelTitle.tsx';
import type { ChannelPage } from './channel-state.ts';
import { ChannelComposer } from './compose/ChannelComposer.tsx';
import { HuddleButton } from './huddle/HuddleButton.tsx';
import { Quoted } from './message/Quoted.tsx';
import { Timeline, type TimelineHandle } from './message/Timeline.tsx';
import type { Block } from './message/tree.ts';
import { PanelButtons } from './panel/PanelButtons.tsx';
import { MessageDialogs } from './saved/MessageDialogs.tsx';
import { usePanel } from './panel/usePanel.ts';
import { useChannel } from './useChannel.ts';

const ChannelPanel = dynamic(() => import('./panel/ChannelPanel.tsx').then((part) => part.ChannelPanel), {
  ssr: false,
});

const CommandAnswer = dynamic(() => import('./apps/CommandAnswer.tsx').then((part) => part.CommandAnswer), {
  ssr: false,
});

interface Props {
  channel: Channel;
  first: ChannelPage;
  space: Space | null;
  people: readonly Person[];
  /** Texts of the first page as the server has read them, by position. */
  texts: Readonly<Record<number, readonly Block[]>>;
}

const fieldOf = '.p-main .chat-compose :is(textarea, [contenteditable])';
const write = () => document.querySelector<HTMLElement>(fieldOf)?.focus();
/** A channel: what was said, what is being said, and the place to say something. */
export function ChannelView({ channel, first, space, people, texts }: Props) {
  const t = useTranslations('chat');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const { person } = useFrame();
  const chat = useChannel(channel, first, person.id);
  const { state, connection, typing } = chat;
  const commands = useCommands(channel, chat.send, state.messages);
  const { open: panel, show: showPanel } = usePanel();

  const timeline = useRef<TimelineHandle>(null);
  const [quoted, setQuoted] = useState<Message | null>(null);
  function say(body: string, extras?: MessageExtras) {
    commands.send(body, extras);
    setQuoted(null);
  }

  if (state.gone) {
    return (
      <div className="p-sheet">
        <main className="p-main p-centre" id="main" tabIndex={-1}>
          <EmptyState title={t('gone')} action={<LinkButton href="/">{shell('home')}</LinkButton>}>
            {t('goneHelp')}
          </EmptyState>
        </main>
      </div>
    );
  }
  const mayWrite =
    channel.channelKind === 'announcements' ? channel.abilities.manage : channel.abilities.comment;
  const writing = state.typing.map((one) => one.person.name);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <h1 className="p-main-name">{channel.title}</h1>
        <header className="p-bar">
          <IconLink
            className="p-back p-only-phone"
            href={channel.spaceId === null ? '/messages' : `/space/${channel.spaceId}`}
            label={shell('back')}
          >
            <Icon of={ArrowLeft} flip />
          </IconLink>
          <ChannelTitle channel={channel} />
          <div className="p-bar-acts">
            <AvatarStack people={people} label={t('people')} />
            {space !== null && mayWrite && channel.archivedAt === null && person.kind === 'member' && (
              <span className="only-wide">
                <ScheduleIn channel={channel} />
              </span>
            )}
            {mayWrite && channel.archivedAt === null && person.kind === 'member' && (
              <HuddleButton channel={channel} />
            )}
            <PanelButtons open={panel} show={showPanel} />
            {space !== null && <MembersButton space={space} />}
          </div>
        </header>
        {connection !== 'open' && connection !== 'connecting' && (
          <Banner flat tone={connection === 'ended' ? 'bad' : 'wait'}>
            {t(connection === 'ended' ? 'signedOut' : 'reconnecting')}
            {chat.asOf !== null && ` ${t('asOf', { time: exactTime(chat.asOf, locale) })}`}
          </Banner>
        )}
        <Timeline
          channel={channel}
          me={person}
          people={people}
          mayWrite={mayWrite}
          chat={chat}
          given={texts}
          show={showPanel}
          handle={timeline}
          onQuote={(message) => {
            setQuoted(message);
            write();
          }}
          onWrite={write}
        />
        <p className="chat-typing" aria-live="polite">
          {writing.length > 0 && t('typing', { names: nameList(writing, locale), count: writing.length })}
        </p>
        {commands.answer !== null && (
          <CommandAnswer channel={channel} answer={commands.answer} close={commands.close} send={chat.send} />
        )}
        <ChannelFoot channel={channel}>
          <ChannelComposer
            channel={channel}
            onSend={say}
            onTyping={typing}
            onUp={() => timeline.current?.editLast() ?? false}
            {...(quoted && {
              quote: { channelId: quoted.channelId, seq: quoted.seq },
              above: <Quoted message={quoted} onDrop={() => setQuoted(null)} />,
            })}
          />
        </ChannelFoot>
      </main>
      <MessageDialogs />
      {panel !== null && (
        <ChannelPanel
          channel={channel}
          chat={chat}
          people={people}
          mayWrite={mayWrite}
          show={showPanel}
          open={panel}
          onClose={() => showPanel(null)}
        />
      )}
    </div>
  );
}

'use client';
import './thread.css';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import { Checkbox } from '@parvis/ui/Choice';
import { EmptyState } from '@parvis/ui/EmptyState';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import { Bell, BellOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useFrame } from '../../shell/AppFrame.tsx';
import { MessageList } from '../message/MessageList.tsx';
import { MessageComposer } from '../compose/MessageComposer.tsx';
import { Quoted } from '../message/Quoted.tsx';
import { useListing } from '../message/useListing.tsx';
import type { PanelProps } from '../panel/panels.tsx';
import { useProblem } from '../../problems/useProblem.ts';
import { type ThreadState, useThread } from './useThread.ts';

/** A thread beside its channel: what is answered, the answers, and the place to answer. */
export function ThreadPanel(props: PanelProps) {
  const root = Number(props.about);
  // Another thread is another panel: nothing of the one before stays.
  return Number.isSafeInteger(root) && root > 0 ? <Thread key={root} {...props} rootSeq={root} /> : <Gone />;
}

function Gone() {
  const t = useTranslations('chatThread');
  return <EmptyState title={t('gone')}>{t('goneHelp')}</EmptyState>;
}

function Thread({ rootSeq, ...props }: PanelProps & { rootSeq: number }) {
  const t = useTranslations('chatThread');
  const thread = useThread(props.channel, rootSeq);
  const { state } = thread;
  if (state === null) return <SkeletonLines label={t('loading')} rows={4} faces />;
  if (state === 'gone') return <Gone />;
  return <Answers {...props} state={state} thread={thread} />;
}

/** A thread is drawn to its end: nothing comes after, and nothing is far below. */
const whole = {
  newer: false,
  missed: 0,
  unread: 0,
  onNewer: () => Promise.resolve(),
  onUnread: () => undefined,
  onPlace: () => undefined,
};

interface AnswersProps extends PanelProps {
  state: ThreadState;
  thread: ReturnType<typeof useThread>;
}

function Answers({ channel, people, mayWrite, chat, show, state, thread }: AnswersProps) {
  const t = useTranslations('chatThread');
  const { person } = useFrame();
  const [quoted, setQuoted] = useState<Message | null>(null);
  const { root, answers } = state;
  const messages = useMemo(() => [root, ...answers], [root, answers]);
  const write = () =>
    document
      .querySelector<HTMLElement>('.chat-panel .chat-compose :is(textarea, [contenteditable])')
      ?.focus();
  const { list, here, editing, onEdited, question, editLast } = useListing({
    channel,
    me: person,
    people: useMemo(() => [...people, ...messages.map(({ sender }) => sender)], [people, messages]),
    mayWrite,
    inThread: true,
    show,
    onChanged: (message) => {
      thread.take([message]);
      chat.changed(message);
    },
    onQuote: (message) => {
      setQuoted(message);
      write();
    },
    onWrite: write,
  });
  const waiting = chat.state.waiting.filter(
    ({ extras, clientId }) =>
      extras?.threadSeq === root.seq && !answers.some((answer) => answer.clientId === clientId),
  );
  return (
    <>
      <FollowButton following={state.following} onFollow={thread.follow} />
      <MessageList
        handle={list}
        id="t"
        {...whole}
        title={t('log')}
        root={root.seq}
        messages={messages}
        older={state.older}
        waiting={waiting}
        readBefore={thread.readBefore}
        here={here}
        editing={editing}
        onEdited={onEdited}
        onOlder={thread.older}
        onNewest={() => list.current?.toEnd()}
        onAgain={chat.put}
        onDrop={chat.drop}
      />
      {question}
      {mayWrite && (
        <Writing
          channel={channel}
          chat={chat}
          root={root.seq}
          quoted={quoted}
          onQuote={setQuoted}
          onUp={() => editLast(answers)}
          onSent={() => list.current?.toEnd()}
        />
      )}
    </>
  );
}

interface WritingProps extends Pick<PanelProps, 'channel' | 'chat'> {
  root: number;
  quoted: Message | null;
  onQuote: (message: Message | null) => void;
  onUp: () => boolean;
  onSent: () => void;
}

/** Where an answer is written; it may stand in the channel, too. */
function Writing({ channel, chat, root, quoted, onQuote, onUp, onSent }: WritingProps) {
  const t = useTranslations('chatThread');
  const [inChannel, setInChannel] = useState(false);
  function send(body: string, extras?: MessageExtras) {
    chat.send(body, { ...extras, threadSeq: root, ...(inChannel && { inChannel }) });
    onQuote(null);
    setInChannel(false);
    onSent();
  }
  return (
    <MessageComposer
      channelId={channel.id}
      threadSeq={root}
      label={t('write')}
      focused
      onSend={send}
      onTyping={chat.typing}
      onUp={onUp}
      {...(quoted && { quote: { channelId: quoted.channelId, seq: quoted.seq } })}
      above={
        <>
          {quoted && <Quoted message={quoted} onDrop={() => onQuote(null)} />}
          <Checkbox
            className="chat-also"
            label={t('alsoInChannel')}
            checked={inChannel}
            onChange={(event) => setInChannel(event.target.checked)}
          />
        </>
      }
    />
  );
}

function FollowButton({
  following,
  onFollow,
}: {
  following: boolean;
  onFollow: (on: boolean) => Promise<void>;
}) {
  const t = useTranslations('chatThread');
  const problem = useProblem();
  return (
    <div className="chat-thread-tools">
      <IconButton
        label={t(following ? 'unfollow' : 'follow')}
        pressed={following}
        tipAlign="end"
        onClick={() => onFollow(!following).catch((error: unknown) => toast(problem(error), { tone: 'bad' }))}
      >
        <Icon of={following ? Bell : BellOff} />
      </IconButton>
    </div>
  );
}

'use client';
import type { Channel } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import { useSearchParams } from 'next/navigation';
import {
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import type { ShowPanel } from '../panel/usePanel.ts';
import type { useChannel } from '../useChannel.ts';
import { useReadBefore } from './useReadBefore.ts';
import { type ListHandle, MessageList } from './MessageList.tsx';
import type { Block } from './tree.ts';
import { useListing } from './useListing.tsx';

/** What whoever shows the messages of a channel can do with them. */
export interface TimelineHandle {
  /** Opens the last message of one's own for writing; answers whether there is one. */
  editLast(): boolean;
}

interface Props {
  channel: Channel;
  me: Person;
  people: readonly Person[];
  mayWrite: boolean;
  chat: ReturnType<typeof useChannel>;
  /** Texts as the server has read them, by position. */
  given: Readonly<Record<number, readonly Block[]>>;
  show: ShowPanel;
  handle: Ref<TimelineHandle>;
  onQuote: (message: Message) => void;
  onWrite: () => void;
}

/** The messages of a channel: they begin at the end or at the one that the address names. */
export function Timeline({ channel, me, people, mayWrite, chat, given, show, ...props }: Props) {
  const { state, connection, jump, newest, read } = chat;
  const { before, held, onUnread } = useReadBefore(channel, me, state.messages);
  const { list, here, editing, onEdited, question, editLast } = useListing({
    channel,
    me,
    people: usePeople(people, state.messages),
    mayWrite,
    inThread: false,
    show,
    onChanged: chat.changed,
    onQuote: props.onQuote,
    onUnread,
    onWrite: props.onWrite,
  });
  const latest = useRef(state);
  latest.current = state;
  useImperativeHandle(props.handle, () => ({
    editLast: () => !latest.current.newer && editLast(latest.current.messages),
  }));
  const goTo = useJump(jump, list);
  const mark = useCallback(() => {
    const { lastSeq, newer } = latest.current;
    if (document.visibilityState !== 'visible' || newer || lastSeq === 0 || held(latest.current)) return;
    if (list.current?.isAtEnd() === true) read(lastSeq);
  }, [read, list, held]);
  useEffect(() => {
    if (connection === 'open') mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [state.lastSeq, state.newer, connection, mark]);
  return (
    <>
      <MessageList
        handle={list}
        id="m"
        title={channel.title}
        {...state}
        readBefore={before.seq}
        unread={before.unread}
        here={here}
        given={given}
        editing={editing}
        onEdited={onEdited}
        onOlder={chat.older}
        onNewer={chat.newer}
        onNewest={() => {
          const end = () => list.current?.toEnd();
          if (!latest.current.newer) end();
          else void newest().then(end, () => undefined);
        }}
        onUnread={() => goTo(before.seq, 'm-new')}
        onPlace={mark}
        onAgain={chat.put}
        onDrop={chat.drop}
      />
      {question}
    </>
  );
}

/** Those who write are known by name, too, when they are in no list of members. */
function usePeople(people: readonly Person[], messages: readonly Message[]): readonly Person[] {
  return useMemo(() => [...people, ...messages.map(({ sender }) => sender)], [people, messages]);
}

/** Goes to a message, and to the one that the address names (`?m=<seq>`), also when only the address changes. */
function useJump(jump: (seq: number) => Promise<boolean>, list: RefObject<ListHandle | null>) {
  const asked = Number(useSearchParams().get('m') ?? 0);
  const goTo = useCallback(
    (seq: number, mark?: string) => {
      // Drawn first, then sought.
      const seek = () =>
        requestAnimationFrame(() => {
          const line = mark === undefined ? null : document.getElementById(mark);
          if (line) line.scrollIntoView({ block: 'center' });
          else list.current?.seek(seq);
        });
      jump(seq).then(seek, () => undefined);
    },
    [jump, list],
  );
  useEffect(() => {
    if (asked > 0) goTo(asked);
  }, [asked, goTo]);
  return goTo;
}

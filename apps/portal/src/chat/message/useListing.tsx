'use client';
import type { Channel } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import dynamic from 'next/dynamic';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { ShowPanel } from '../panel/usePanel.ts';
import type { ListHandle } from './MessageList.tsx';
import { useHere } from './useHere.ts';

const HistoryDialog = dynamic(() => import('./HistoryDialog.tsx').then((part) => part.HistoryDialog), {
  ssr: false,
});
const RemoveDialog = dynamic(() => import('./RemoveDialog.tsx').then((part) => part.RemoveDialog), {
  ssr: false,
});

interface Given {
  readonly channel: Channel;
  readonly me: Person;
  readonly people: readonly Person[];
  readonly mayWrite: boolean;
  readonly inThread: boolean;
  readonly show: ShowPanel;
  readonly onChanged: (message: Message) => void;
  readonly onQuote: (message: Message) => void;
  readonly onUnread?: (message: Message) => void;
  readonly onWrite: () => void;
}

/** What a list of messages needs around it: what can be done with them, which is written anew, which question is open. */
export function useListing(given: Given) {
  const list = useRef<ListHandle>(null);
  const [editing, setEditing] = useState<number | null>(null);
  const [asked, setAsked] = useState<{ kind: 'history' | 'remove'; message: Message } | null>(null);
  const here = useHere({
    ...given,
    list,
    onEdit: (message) => setEditing(message?.seq ?? null),
    onAsk: (kind, message) => setAsked({ kind, message }),
  });
  const { save, write } = here;
  const onEdited = useCallback(
    async (message: Message, body: string | null) => {
      if (body !== null) await save(message, body);
      setEditing(null);
      write();
    },
    [save, write],
  );
  const close = () => setAsked(null);
  const question: ReactNode =
    asked === null ? null : asked.kind === 'history' ? (
      <HistoryDialog message={asked.message} onClose={close} />
    ) : (
      <RemoveDialog message={asked.message} onRemove={() => here.remove(asked.message)} onClose={close} />
    );
  /** Opens the last message of one's own for writing; answers whether there is one. */
  const editLast = (messages: readonly Message[]): boolean => {
    const last = messages.findLast((one) => one.sender.id === given.me.id && one.deletedAt === null);
    if (last !== undefined) setEditing(last.seq);
    return last !== undefined;
  };
  return { list, here, editing, onEdited, question, editLast };
}

'use client';
import type { Channel } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type RefObject, useMemo, useRef } from 'react';
import type { ShowPanel } from '../panel/usePanel.ts';
import type { Here } from './here.ts';
import type { ListHandle } from './MessageList.tsx';
import { useAsking } from './useAsking.ts';

interface Given {
  readonly channel: Channel;
  readonly me: Person;
  readonly people: readonly Person[];
  readonly mayWrite: boolean;
  readonly inThread: boolean;
  readonly list: RefObject<ListHandle | null>;
  readonly show: ShowPanel;
  readonly onChanged: (message: Message) => void;
  readonly onQuote: (message: Message) => void;
  readonly onEdit: (message: Message | null) => void;
  readonly onAsk: Here['ask'];
  readonly onUnread?: (message: Message) => void;
  readonly onWrite: () => void;
}

/** The address of a message; that of an answer opens its thread too. */
function addressOf({ channelId, seq, threadSeq }: Message): string {
  const url = new URL(`/chat/${channelId}`, window.location.href);
  url.searchParams.set('m', String(seq));
  if (threadSeq !== null) url.searchParams.set('panel', `thread.${threadSeq}`);
  return url.href;
}

/** What can be done with the messages of a list; the same object for as long as the list stands. */
export function useHere(given: Given): Here {
  const t = useTranslations('chatMessage');
  const asking = useAsking(given.me.id, given.onChanged);
  const latest = useRef(given);
  latest.current = given;
  const names = useRef(new Map<string, string>());
  for (const { id, name } of given.people) names.current.set(id, name);
  const { channel, me, mayWrite, inThread, show } = given;
  return useMemo<Here>(
    () => ({
      channel,
      me,
      mayWrite,
      inThread,
      nameOf: (id) => names.current.get(id),
      show,
      ...asking,
      pick: (message) => latest.current.list.current?.open('pick', message),
      quote: (message) => latest.current.onQuote(message),
      edit: (message) => latest.current.onEdit(message),
      ask: (kind, message) => latest.current.onAsk(kind, message),
      unread: (message) => latest.current.onUnread?.(message),
      copyLink: (message) =>
        void navigator.clipboard.writeText(addressOf(message)).then(
          () => toast(t('linkCopied')),
          () => toast(t('linkNotCopied'), { tone: 'bad' }),
        ),
      write: () => latest.current.onWrite(),
    }),
    [channel, me, mayWrite, inThread, show, asking, t],
  );
}

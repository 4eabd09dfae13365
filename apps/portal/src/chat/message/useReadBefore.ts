'use client';
import { call } from '@parvis/contract/call';
import { type Channel, markUnread } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import { toast } from '@parvis/ui/Toast';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { tabLine } from '../tab-line.ts';

interface Shown {
  readonly messages: readonly Message[];
  readonly lastSeq: number;
}

/**
 * Up to where this person had read when the page was opened: the "new" line stays there, until they mark another place
 * as unread, here or on another device. From then on looking at the channel reads nothing (`held`), until they write in
 * it or come back to it.
 */
export function useReadBefore(channel: Channel, me: Person, messages: readonly Message[]) {
  const problem = useProblem();
  const [before, setBefore] = useState({
    seq: channel.readSeq,
    unread: Math.max(0, channel.lastNr - channel.readNr),
  });
  /** The channel's last position when reading was stopped. */
  const heldAt = useRef<number | null>(null);
  const latest = useRef({ messages, problem });
  latest.current = { messages, problem };
  useEffect(
    () =>
      tabLine.listen({
        hear(hearing) {
          if (hearing.t !== 'unread' || hearing.channelId !== channel.id) return;
          heldAt.current ??= latest.current.messages.at(-1)?.seq ?? 0;
          setBefore({ seq: hearing.seq, unread: hearing.unread });
        },
      }),
    [channel.id],
  );
  const onUnread = useCallback(
    ({ seq }: Message) => {
      const after = latest.current.messages.filter((one) => one.seq >= seq).length;
      heldAt.current = latest.current.messages.at(-1)?.seq ?? 0;
      setBefore({ seq: seq - 1, unread: after });
      call(markUnread, { id: channel.id, seq }).catch((error: unknown) => {
        heldAt.current = null;
        toast(latest.current.problem(error), { tone: 'bad' });
      });
    },
    [channel.id],
  );
  const held = useCallback(
    ({ messages: shown }: Shown): boolean => {
      const last = shown.at(-1);
      const since = heldAt.current;
      if (since !== null && last !== undefined && last.sender.id === me.id && last.seq > since)
        heldAt.current = null;
      return heldAt.current !== null;
    },
    [me.id],
  );
  return { before, held, onUnread };
}

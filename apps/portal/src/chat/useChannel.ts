'use client';
import { call } from '@parvis/contract/call';
import { type Channel, type ChatHearing, listMessages } from '@parvis/contract/chat';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import { pageSizeDefault } from '@parvis/contract/limits';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { ConnectionState } from './connection.ts';
import { type ChannelPage, continues, nextState } from './channel-state.ts';
import { forget, keep, kept, type Outgoing } from './outbox.ts';
import { useKeptChannel } from './offline/useKeptChannel.ts';
import { isLater, sayOutgoing } from './offline/sender.ts';
import { tabLine } from './tab-line.ts';

/** Milliseconds between two signs that this person is writing. */
const typingEveryMs = 2_500;

/** A channel on the screen: the log as it grows, what is on its way, and the ways to act. */
export function useChannel(channel: Channel, first: ChannelPage, personId: string) {
  const [state, tell] = useReducer(nextState, {
    messages: first.messages,
    notices: first.notices,
    cursor: first.lastSeq,
    older: first.older,
    newer: first.newer,
    missed: 0,
    beside: new Map(),
    waiting: [],
    lastSeq: first.lastSeq,
    typing: [],
    gone: false,
  });
  const [connection, setConnection] = useState<ConnectionState>('connecting');
  const latest = useRef(state);
  const typedAt = useRef(0);
  useEffect(() => {
    latest.current = state;
  }, [state]);

  const newest = useCallback(async () => {
    tell({ t: 'newest', page: await call(listMessages, { id: channel.id }) });
  }, [channel.id]);

  /** Shows the part of the log around a message; answers whether the message is there. */
  const jump = useCallback(
    async (seq: number): Promise<boolean> => {
      const isThere = (messages: readonly Message[]) => messages.some((one) => one.seq === seq);
      if (isThere(latest.current.messages)) return true;
      const page = await call(listMessages, { id: channel.id, around: seq });
      tell({ t: 'around', page });
      return isThere(page.messages);
    },
    [channel.id],
  );
  /** After a hole: the end of the log, or the part of it that is being read. */
  const again = useCallback(async () => {
    const { newer, messages } = latest.current;
    const middle = messages[Math.floor(messages.length / 2)];
    if (!newer || middle === undefined) return newest();
    const page = await call(listMessages, { id: channel.id, around: middle.seq });
    tell({ t: 'newest', page });
  }, [channel.id, newest]);

  useEffect(() => {
    const hear = (hearing: ChatHearing) => {
      if (hearing.t === 'ready') {
        const after = latest.current.cursor;
        tabLine.say({ t: 'follow', channels: [{ id: channel.id, after }] });
        return;
      }
      // What the server had no room for is sent again by itself (see offline/sender.ts).
      if (hearing.t === 'stored' || (hearing.t === 'refused' && isLater(hearing.code))) return;
      const lost =
        hearing.t === 'reset' ||
        (hearing.t === 'entries' &&
          hearing.channelId === channel.id &&
          !continues(latest.current, hearing.entries));
      if (lost && 'channelId' in hearing && hearing.channelId === channel.id)
        void again().catch(() => undefined);
      else tell({ t: 'heard', hearing, channelId: channel.id, now: Date.now() });
    };
    const hide = tabLine.show(channel.id);
    const leave = tabLine.listen({ hear, change: setConnection });
    void kept(personId, channel.id).then((outgoing) => {
      for (const one of outgoing) tell({ t: 'wrote', outgoing: one });
    });
    const ticking = setInterval(() => tell({ t: 'tick', now: Date.now() }), 1_000);
    return () => {
      clearInterval(ticking);
      leave();
      hide();
    };
  }, [channel.id, personId, again]);

  const put = useCallback(({ refused: _refused, ...outgoing }: Outgoing) => {
    tell({ t: 'wrote', outgoing });
    void keep(outgoing).then(
      () => sayOutgoing(outgoing),
      () => sayOutgoing(outgoing),
    );
  }, []);
  const send = useCallback(
    (body: string, extras?: MessageExtras) => {
      const clientId = crypto.randomUUID();
      put({
        clientId,
        channelId: channel.id,
        personId,
        body,
        writtenAt: Date.now(),
        ...(extras && { extras }),
      });
      if (latest.current.newer && extras?.threadSeq === undefined) void newest().catch(() => undefined);
    },
    [channel.id, personId, put, newest],
  );
  const drop = useCallback((clientId: string) => {
    tell({ t: 'dropped', clientId });
    void forget(clientId);
  }, []);
  const older = useCallback(async () => {
    const before = latest.current.messages[0]?.seq;
    if (before === undefined || !latest.current.older) return;
    const page = await call(listMessages, { id: channel.id, before, limit: pageSizeDefault });
    tell({ t: 'older', page });
  }, [channel.id]);
  const newer = useCallback(async () => {
    const after = latest.current.messages.at(-1)?.seq;
    if (after === undefined || !latest.current.newer) return;
    const page = await call(listMessages, { id: channel.id, after, limit: pageSizeDefault });
    tell({ t: 'newer', page });
  }, [channel.id]);
  const showKept = useCallback((page: ChannelPage) => tell({ t: 'kept', page }), []);
  const asOf = useKeptChannel(channel, personId, state, connection, showKept);
  const changed = useCallback((message: Message) => tell({ t: 'changed', message }), []);
  const typing = useCallback(() => {
    if (Date.now() - typedAt.current < typingEveryMs) return;
    typedAt.current = Date.now();
    tabLine.say({ t: 'typing', channelId: channel.id });
  }, [channel.id]);
  const read = useCallback(
    (seq: number) => {
      tabLine.say({ t: 'read', channelId: channel.id, seq });
    },
    [channel.id],
  );

  return { state, connection, asOf, send, put, drop, older, newer, newest, jump, changed, typing, read };
}

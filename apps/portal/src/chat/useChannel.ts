'use client';
import { call } from '@parvis/contract/call';
import { type Channel, type ChatHearing, listMessages } from '@parvis/contract/chat';
import { pageSizeDefault } from '@parvis/contract/limits';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { ConnectionState } from './connection.ts';
import { type ChannelPage, continues, nextState } from './channel-state.ts';
import { forget, keep, kept, type Outgoing } from './outbox.ts';
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

  const say = useCallback((outgoing: Outgoing) => {
    tabLine.say({
      t: 'send',
      channelId: outgoing.channelId,
      clientId: outgoing.clientId,
      body: outgoing.body,
    });
  }, []);

  const newest = useCallback(async () => {
    tell({ t: 'newest', page: await call(listMessages, { id: channel.id }) });
  }, [channel.id]);

  useEffect(() => {
    const hear = (hearing: ChatHearing) => {
      if (hearing.t === 'ready') {
        const after = latest.current.cursor;
        tabLine.say({ t: 'follow', channels: [{ id: channel.id, after }] });
        for (const outgoing of latest.current.waiting) if (!outgoing.refused) say(outgoing);
        return;
      }
      if (hearing.t === 'stored') {
        void forget(hearing.clientId);
        return;
      }
      const lost =
        hearing.t === 'reset' ||
        (hearing.t === 'entries' &&
          hearing.channelId === channel.id &&
          !continues(latest.current, hearing.entries));
      if (lost && 'channelId' in hearing && hearing.channelId === channel.id)
        void newest().catch(() => undefined);
      else tell({ t: 'heard', hearing, channelId: channel.id, now: Date.now() });
    };
    const hide = tabLine.show(channel.id);
    const leave = tabLine.listen({ hear, change: setConnection });
    void kept(personId, channel.id).then((outgoing) => {
      for (const one of outgoing) {
        tell({ t: 'wrote', outgoing: one });
        say(one);
      }
    });
    const ticking = setInterval(() => tell({ t: 'tick', now: Date.now() }), 1_000);
    return () => {
      clearInterval(ticking);
      leave();
      hide();
    };
  }, [channel.id, personId, newest, say]);

  const send = useCallback(
    (body: string, clientId: string = crypto.randomUUID()) => {
      const outgoing: Outgoing = { clientId, channelId: channel.id, personId, body, writtenAt: Date.now() };
      tell({ t: 'wrote', outgoing });
      void keep(outgoing).then(
        () => say(outgoing),
        () => say(outgoing),
      );
    },
    [channel.id, personId, say],
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

  return { state, connection, send, drop, older, typing, read };
}

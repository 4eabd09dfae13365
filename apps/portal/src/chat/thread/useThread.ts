'use client';
import { call } from '@parvis/contract/call';
import type { Channel, ChatHearing } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import { followThread, listAnswers, markThreadRead } from '@parvis/contract/chat-thread';
import { pageSizeMax } from '@parvis/contract/limits';
import { useCallback, useEffect, useRef, useState } from 'react';
import { tabLine } from '../tab-line.ts';

export interface ThreadState {
  readonly root: Message;
  readonly answers: readonly Message[];
  readonly following: boolean;
  readonly older: boolean;
}

/** The later of two states of each message, in order. */
function joined(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const one of more) {
    const old = bySeq.get(one.seq);
    if (old === undefined || old.changedSeq <= one.changedSeq) bySeq.set(one.seq, one);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function taken(state: ThreadState, messages: readonly Message[]): ThreadState {
  const { root } = state;
  return {
    ...state,
    root:
      joined(
        [root],
        messages.filter(({ seq }) => seq === root.seq),
      )[0] ?? root,
    answers: joined(
      state.answers,
      messages.filter(({ threadSeq }) => threadSeq === root.seq),
    ),
  };
}

/**
 * A thread on the screen: asked for once, then it grows with what the channel's line says. The page of the channel
 * follows it; after each new connection the answers that were missed are asked for.
 */
export function useThread(channel: Channel, rootSeq: number) {
  const [state, setState] = useState<ThreadState | 'gone' | null>(null);
  const [readBefore, setReadBefore] = useState(0);
  const latest = useRef<ThreadState | null>(null);
  latest.current = state === 'gone' ? null : state;
  const of = useRef({ id: channel.id, seq: rootSeq });

  const take = useCallback((messages: readonly Message[]) => {
    setState((now) => (now === null || now === 'gone' ? now : taken(now, messages)));
  }, []);
  const ask = useCallback(async () => {
    const page = await call(listAnswers, { ...of.current, limit: pageSizeMax });
    if (latest.current === null) setReadBefore(page.readSeq);
    const { root, answers, following, older } = page;
    setState((now) => {
      const fresh = { root, answers, following, older };
      return now === null || now === 'gone' ? fresh : { ...taken(now, [root, ...answers]), following };
    });
  }, []);
  const older = useCallback(async () => {
    const before = latest.current?.answers[0]?.seq;
    if (before === undefined) return;
    const page = await call(listAnswers, { ...of.current, before });
    take(page.answers);
    setState((now) => (now === null || now === 'gone' ? now : { ...now, older: page.older }));
  }, [take]);

  useEffect(() => {
    const hear = (hearing: ChatHearing) => {
      if (hearing.t === 'ready') ask().catch(() => setState((now) => now ?? 'gone'));
      else if (hearing.t === 'entries' && hearing.channelId === channel.id)
        take(hearing.entries.flatMap((entry) => (entry.kind === 'notice' ? [] : [entry.message])));
    };
    return tabLine.listen({ hear });
  }, [channel.id, ask, take]);

  const last = state === null || state === 'gone' ? 0 : (state.answers.at(-1)?.seq ?? 0);
  useEffect(() => {
    if (last === 0 || document.visibilityState !== 'visible') return;
    call(markThreadRead, { ...of.current, upTo: last }).catch(() => undefined);
  }, [last]);

  const follow = useCallback(async (on: boolean) => {
    const { following } = await call(followThread, { ...of.current, on });
    setState((now) => (now === null || now === 'gone' ? now : { ...now, following }));
  }, []);
  return { state, readBefore, older, take, follow };
}

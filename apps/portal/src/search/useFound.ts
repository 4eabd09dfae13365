'use client';
import { call } from '@parvis/contract/call';
import { searchMessages } from '@parvis/contract/chat-search';
import { find } from '@parvis/contract/directory';
import { searchDocuments } from '@parvis/contract/doc-search';
import type { OutputOf } from '@parvis/contract/operation';
import { useState } from 'react';
import { type Answer, useAnswer } from './useAnswer.ts';

export type Messages = OutputOf<typeof searchMessages>;
export type Order = 'newest' | 'best';

const timeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Messages that answer, and the way to more of them; `text` empty asks nothing. */
export function useMessages(
  text: string,
  channelId: string | null,
  order: Order,
  limit: number,
): Answer<Messages> & { more: (() => void) | null; loading: boolean } {
  const within = channelId === null ? {} : { channelId };
  const input = { q: text, order, limit, timeZone: timeZone(), ...within };
  const answer = useAnswer(text === '' ? '' : `${channelId} ${order} ${limit} ${text}`, (signal) =>
    call(searchMessages, input, { signal }),
  );
  const [loading, setLoading] = useState(false);
  const next = answer.busy ? null : answer.value?.next;
  async function more(after: string) {
    setLoading(true);
    try {
      const page = await call(searchMessages, { ...input, after });
      // Another question may have been asked meanwhile.
      answer.change((now) =>
        now.next === after ? { ...now, hits: [...now.hits, ...page.hits], next: page.next } : now,
      );
    } catch {
      // The button stays, to be pressed again.
    } finally {
      setLoading(false);
    }
  }
  return { ...answer, loading, more: next ? () => void more(next) : null };
}

export function useDocuments(words: string, limit: number) {
  return useAnswer(words === '' ? '' : `${limit} ${words}`, (signal) =>
    call(searchDocuments, { q: words, limit }, { signal }).then(({ hits }) => hits),
  );
}

/** Files and folders by their names. */
export function useFiles(words: string, limit: number) {
  return useAnswer(words === '' ? '' : `${limit} ${words}`, (signal) =>
    call(find, { q: words, limit: 50 }, { signal }).then(({ resources }) =>
      resources.filter(({ kind }) => kind === 'file' || kind === 'folder').slice(0, limit),
    ),
  );
}

'use client';
import { call } from '@parvis/contract/call';
import { readExcerpts } from '@parvis/contract/chat-excerpt';
import { excerptListSizeMax } from '@parvis/contract/limits';
import type { InboxItem } from '@parvis/contract/notify';
import { useEffect, useState } from 'react';

const keyOf = (channelId: string, seq: number) => `${channelId} ${seq}`;

/** The message that a line is about, when it is one. */
function placeOf({ thing, seq }: InboxItem): { channelId: string; seq: number } | null {
  return thing?.kind === 'channel' && seq !== null ? { channelId: thing.id, seq } : null;
}

/**
 * What was said, in short, by line: asked of the chat with this person's right each time the lines change, and kept
 * nowhere. Without an answer the lines stand without it.
 */
export function useExcerpts(items: readonly InboxItem[]): (item: InboxItem) => string | undefined {
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = items.flatMap((item) => placeOf(item) ?? []).slice(0, excerptListSizeMax);
  const asked = JSON.stringify(wanted);
  useEffect(() => {
    const of = JSON.parse(asked) as typeof wanted;
    if (of.length === 0) return;
    const stop = new AbortController();
    call(readExcerpts, { of }, { signal: stop.signal }).then(
      ({ excerpts }) =>
        setKnown(new Map(excerpts.map(({ channelId, seq, text }) => [keyOf(channelId, seq), text]))),
      () => undefined,
    );
    return () => stop.abort();
  }, [asked]);
  return (item) => {
    const place = placeOf(item);
    return place === null ? undefined : known.get(keyOf(place.channelId, place.seq));
  };
}

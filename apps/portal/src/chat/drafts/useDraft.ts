'use client';
import { type RefObject, useCallback, useEffect } from 'react';
import type { ComposerHandle } from '../compose/Composer.tsx';
import { draftBook } from './draft-book.ts';

/** Milliseconds after a letter of one's own in which the text of another device waits. */
const ownMs = 2_000;

/** Fills a composer with its draft and keeps what is written in it. `threadSeq` 0 is the channel itself. */
export function useDraft(
  composer: RefObject<ComposerHandle | null>,
  personId: string,
  channelId: string,
  threadSeq = 0,
) {
  useEffect(() => {
    draftBook.open(personId);
    const draft = draftBook.read(channelId, threadSeq);
    // Letters that came before the page was alive are newer than any draft.
    if (draft !== null && draft.body !== '' && composer.current?.body() === '')
      composer.current.write(draft.body);
    return draftBook.hear(channelId, threadSeq, ({ body, at }) => {
      const handle = composer.current;
      if (handle === null || handle.body() === body || Date.now() - handle.typedAt() < ownMs) return;
      if (at >= handle.typedAt()) handle.write(body);
    });
  }, [composer, personId, channelId, threadSeq]);
  return useCallback(
    (body: string, now = false) => draftBook.write(channelId, threadSeq, body, now),
    [channelId, threadSeq],
  );
}

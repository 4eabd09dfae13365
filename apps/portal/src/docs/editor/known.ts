'use client';
import { Refusal } from '@parvis/contract/refusal';
import { useEffect, useState } from 'react';

/** What was asked on this page, so that ten mentions of one person ask once. */
const asked = new Map<string, Promise<unknown>>();

function once<T>(key: string, ask: () => Promise<T>): Promise<T | null> {
  const kept = asked.get(key) as Promise<T | null> | undefined;
  if (kept !== undefined) return kept;
  const made = ask().catch((error: unknown) => {
    // Not for this reader: an answer. Anything else may be otherwise in a moment.
    if (!(error instanceof Refusal)) asked.delete(key);
    return null;
  });
  asked.set(key, made);
  return made;
}

/**
 * Something that a service knows, asked with the reader's own rights: undefined while it is asked, null where the
 * reader may not know it.
 * @param key of the thing; null asks nothing and is null
 */
export function useKnown<T>(key: string | null, ask: () => Promise<T>): T | null | undefined {
  const [known, setKnown] = useState<{ key: string | null; value: T | null }>();
  useEffect(() => {
    if (key === null) return;
    let here = true;
    void once(key, ask).then((value) => here && setKnown({ key, value }));
    return () => {
      here = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the key says what is asked
  }, [key]);
  if (key === null) return null;
  return known?.key === key ? known.value : undefined;
}

import { call } from '@parvis/contract/call';
import { listEmoji } from '@parvis/contract/chat-emoji';
import { useEffect, useSyncExternalStore } from 'react';

/** Milliseconds after which a name that is not known is asked for again: somebody may have added it. */
const againMs = 30_000;

let pictures: ReadonlyMap<string, string> = new Map();
let askedAt = Number.NEGATIVE_INFINITY;
let asking: Promise<void> = Promise.resolve();
const listeners = new Set<() => void>();

async function ask(): Promise<void> {
  askedAt = Date.now();
  const found = await call(listEmoji, {}).catch(() => null);
  if (found === null) return;
  pictures = new Map(found.emoji.map(({ name, picture }) => [name, picture]));
  for (const hear of listeners) hear();
}

function subscribe(hear: () => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** This house's emoji by name, each with the path of its picture; asked for when that is some time ago. */
export async function houseEmoji(): Promise<ReadonlyMap<string, string>> {
  if (Date.now() - askedAt > againMs) asking = ask();
  await asking;
  return pictures;
}

const none: ReadonlyMap<string, string> = new Map();

/** The pictures of this house's emoji by name, asked for once something on the page names one of them. */
export function useHouseEmoji(names: readonly string[]): ReadonlyMap<string, string> {
  const known = useSyncExternalStore(
    subscribe,
    () => pictures,
    () => none,
  );
  const isMissing = names.some((name) => !known.has(name));
  useEffect(() => {
    if (isMissing && Date.now() - askedAt > againMs) asking = ask();
  }, [isMissing]);
  return known;
}

'use client';
import { useEffect, useState } from 'react';
import type { DocumentConnection } from './connection.ts';
import type { DocumentStatus } from './document-status.ts';

/** Milliseconds that everything must have been saved before the sign says so after "saving": it does not flicker. */
const calmMs = 700;

export type Truth = 'saved' | 'saving' | 'waiting' | 'refused';
interface Saying {
  readonly truth: Truth;
  /** Changes that wait or were refused; 0 where their number is not said. */
  readonly count: number;
}

function truthOf({ unsaved, link, refused }: DocumentStatus): Truth {
  if (unsaved === 0) return 'saved';
  if (link !== 'open') return 'waiting';
  return refused === null ? 'saving' : 'refused';
}

function sayingOf(status: DocumentStatus): Saying | null {
  if (!status.synced) return null;
  const truth = truthOf(status);
  return { truth, count: truth === 'saved' || truth === 'saving' ? 0 : status.unsaved };
}

/**
 * What may be said of the text: whether it is on the server's disk. Worse news at once, better news when it lasts. Null
 * while there is no text. It is another only when something else is said: each drawing of the page makes React walk
 * through the text that is written in, and this changes twice with every letter.
 */
export function useSaved(connection: DocumentConnection | null): Saying | null {
  const [said, setSaid] = useState<Saying | null>(null);
  useEffect(() => {
    if (connection === null) return;
    let now: Saying | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      clearTimeout(timer);
      timer = undefined;
      const next = sayingOf(connection.status());
      if (next?.truth === now?.truth && next?.count === now?.count) return;
      now = next;
      setSaid(next);
    };
    const look = () => {
      const better = now?.truth === 'saving' && sayingOf(connection.status())?.truth === 'saved';
      if (better) timer ??= setTimeout(say, calmMs);
      else say();
    };
    look();
    const leave = connection.subscribe(look);
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [connection]);
  return said;
}

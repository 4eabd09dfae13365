'use client';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Milliseconds of rest in the typing before it is asked for. */
const restMs = 180;

export interface Answer<T> {
  /** What was found last; it stays while the next is on its way. */
  readonly value: T | null;
  readonly error: unknown;
  readonly busy: boolean;
  /** Changes what was found, for another page of it. */
  readonly change: (next: (value: T) => T) => void;
}

/** Asks whenever `key` changes, and drops what comes late; an empty key asks nothing and shows nothing. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<{ key: string; value: T | null; error: unknown }>({
    key: '',
    value: null,
    error: null,
  });
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  }, [ask]);
  useEffect(() => {
    if (key === '') return setAnswer({ key, value: null, error: null });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      latest.current(stop.signal).then(
        (value) => !stop.signal.aborted && setAnswer({ key, value, error: null }),
        (error: unknown) => !stop.signal.aborted && setAnswer({ key, value: null, error }),
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key]);
  const change = useCallback(
    (next: (value: T) => T) =>
      setAnswer((now) => (now.value === null ? now : { ...now, value: next(now.value) })),
    [],
  );
  return {
    value: key === '' ? null : answer.value,
    error: answer.error,
    busy: key !== '' && answer.key !== key,
    change,
  };
}

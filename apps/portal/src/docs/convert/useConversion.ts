'use client';
import type { Conversion } from '@parvis/contract/doc-conversion';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { follow } from './conversion.ts';

/** One conversion from its beginning to its end. It goes on when the dialog is closed, as far as it needs no pictures. */
export function useConversion() {
  const problem = useProblem();
  const [now, setNow] = useState<Conversion | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const run = useCallback(
    async (begin: () => Promise<Conversion>): Promise<Conversion | null> => {
      abort.current?.abort();
      const mine = new AbortController();
      abort.current = mine;
      setBusy(true);
      setError(null);
      setNow(null);
      try {
        return await follow(await begin(), setNow, mine.signal);
      } catch (refusal) {
        if (!mine.signal.aborted) setError(problem(refusal));
        return null;
      } finally {
        if (!mine.signal.aborted) setBusy(false);
      }
    },
    [problem],
  );
  return { now, error, busy, run };
}

'use client';
import { call } from '@parvis/contract/call';
import { listMyMeetings } from '@parvis/contract/meet-schedule';
import type { InboxItem } from '@parvis/contract/notify';
import type { OutputOf } from '@parvis/contract/operation';
import { useCallback, useEffect, useState } from 'react';
import { useInboxNews } from '../inbox/live-inbox.ts';

type Given = OutputOf<typeof listMyMeetings>;
/** Milliseconds between two looks at what nobody tells: the one who scheduled on another screen. */
const lookMs = 60_000;

/**
 * My meetings of a span. Asked for again when the inbox hears of a meeting, when somebody comes back to the page, after
 * each act, and now and then.
 * @returns them, and the way to ask at once
 */
export function useMeetings(given: Given, { since, until }: { since: string; until: string }) {
  const [all, setAll] = useState(given);
  useEffect(() => setAll(given), [given]);
  const ask = useCallback(async () => {
    const fresh = await call(listMyMeetings, { since, until }).catch(() => null);
    if (fresh !== null) setAll(fresh);
  }, [since, until]);
  const hear = useCallback(
    (fresh: readonly InboxItem[]) => {
      if (fresh.some(({ thing }) => thing?.kind === 'meeting')) void ask();
    },
    [ask],
  );
  useInboxNews(hear);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && void ask();
    const timer = setInterval(look, lookMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [ask]);
  return [all, ask] as const;
}

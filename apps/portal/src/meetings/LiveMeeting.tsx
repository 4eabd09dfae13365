'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLine } from '../meet/useLine.ts';

/** Milliseconds within which what is told is looked at together, and between two looks in case nothing could be told. */
const togetherMs = 300;
const lookMs = 60_000;

/** Keeps the page of a meeting at what is true: who came, what was saved, what is written. */
export function LiveMeeting({ id }: { id: string }) {
  const router = useRouter();
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(false);
  useLine(id, undefined, ({ t }) => {
    if (t !== 'state' && t !== 'kept') return;
    // What is said first is what the page was made of.
    if (!told.current) return void (told.current = true);
    clearTimeout(due.current);
    due.current = setTimeout(() => router.refresh(), togetherMs);
  });
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    const timer = setInterval(look, lookMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(due.current);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [router]);
  return null;
}

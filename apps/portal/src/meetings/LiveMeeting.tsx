'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Milliseconds between two looks whether something is ready. */
const lookMs = 15_000;

/** Keeps the page of a meeting at what is true: who came, what was saved, what is written. */
export function LiveMeeting() {
  const router = useRouter();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    const timer = setInterval(look, lookMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [router]);
  return null;
}

'use client';
import { useLocale } from 'next-intl';
import { useEffect } from 'react';

/** Milliseconds after the page has loaded before the browser is given the service worker: nothing waits for it. */
const afterMs = 2_000;

/**
 * Registers the service worker of this build and language: another build or language is another address, so the browser
 * takes the new one by itself. Without a build (development) there is none. What this browser kept of another person
 * leaves.
 */
export function Installed({ build, personId }: { build: string | null; personId: string }) {
  const locale = useLocale();
  useEffect(() => {
    const timer = setTimeout(() => {
      // A browser that keeps nothing has nothing of anybody.
      import('../docs/offline/leaving.ts').then(({ comeIn }) => comeIn(personId)).catch(() => undefined);
    }, afterMs);
    return () => clearTimeout(timer);
  }, [personId]);
  useEffect(() => {
    if (build === null || !('serviceWorker' in navigator)) return;
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ build, lang: locale });
      // Private windows and strict policies refuse it; the site is whole without.
      navigator.serviceWorker.register(`/sw.js?${query}`).catch(() => undefined);
    }, afterMs);
    return () => clearTimeout(timer);
  }, [build, locale]);
  return null;
}

'use client';
import type { Document } from '@parvis/contract/docs';
import { useEffect } from 'react';
import type { DocumentStanding } from '../document-status.ts';

/** Milliseconds after the text has come before its page is kept: nothing waits for it. */
const afterMs = 3_000;

/** The files of the build that this page has loaded: without them the kept page would not come to life. */
export function filesOfPage(): string[] {
  const names = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  return names
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/_next/static/'))
    .map(({ pathname }) => pathname);
}

/** Has the service worker keep the page of a document that was opened, so that it opens without the network. */
export function useKeptPage(document: Document, status: DocumentStanding, link: string | undefined): void {
  const open = status.synced && status.link === 'open';
  const { id, epoch, title } = document;
  useEffect(() => {
    if (!open || link !== undefined || !('serviceWorker' in navigator)) return;
    const keep = ({ active }: ServiceWorkerRegistration) =>
      active?.postMessage({ keep: `/docs/${id}`, version: `${epoch} ${title}`, files: filesOfPage() });
    const timer = setTimeout(() => void navigator.serviceWorker.ready.then(keep), afterMs);
    return () => clearTimeout(timer);
  }, [open, id, epoch, title, link]);
}

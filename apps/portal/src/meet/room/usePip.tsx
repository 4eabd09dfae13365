'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

interface PipApi {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

const api = (): PipApi | undefined =>
  (globalThis as { documentPictureInPicture?: PipApi }).documentPictureInPicture;

/** Pixels of the small window at first. */
const size = { width: 380, height: 260 };

/** A small window that stays above the others, with something of this page in it. Where the browser has none, `can` is false. */
export function usePip() {
  const [small, setSmall] = useState<Window | null>(null);
  useEffect(() => () => small?.close(), [small]);
  async function open() {
    if (small !== null) return small.close();
    const made = await api()?.requestWindow(size);
    if (made === undefined) return;
    const { document: inside } = made;
    inside.documentElement.lang = document.documentElement.lang;
    inside.documentElement.dir = document.documentElement.dir;
    inside.documentElement.className = document.documentElement.className;
    inside.title = document.title;
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style'))
      inside.head.append(sheet.cloneNode(true));
    made.addEventListener('pagehide', () => setSmall(null));
    setSmall(made);
  }
  return {
    can: api() !== undefined,
    open: () => void open().catch(() => undefined),
    isOpen: small !== null,
    show: (content: ReactNode) => small !== null && createPortal(content, small.document.body),
  };
}

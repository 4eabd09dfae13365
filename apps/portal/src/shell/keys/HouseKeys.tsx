'use client';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { takeEarlyKey } from '../early-keys.ts';

const KeysDialog = dynamic(() => import('./KeysDialog.tsx').then((part) => part.KeysDialog), { ssr: false });

/** The way to the channel before or after the one that is open, in the order of the column. */
function neighbour(by: 1 | -1, unreadOnly: boolean): HTMLAnchorElement | undefined {
  const lines = [...document.querySelectorAll<HTMLAnchorElement>('.p-list a.p-item[href^="/chat/"]')];
  const at = lines.findIndex((line) => line.getAttribute('aria-current') === 'page');
  const after = by === 1 ? lines.slice(at + 1) : lines.slice(0, Math.max(0, at)).toReversed();
  return unreadOnly ? after.find((line) => line.dataset.unread !== undefined) : after[0];
}

/** Keys of the whole house: from channel to channel, to the next with something unread, and the list of all keys. */
export function HouseKeys() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const ctrl = event.ctrlKey || event.metaKey;
      if (ctrl && !event.altKey && (event.key === '/' || event.code === 'Slash')) {
        // Where there are keys of its own (a text), the list of those is what opens.
        if (event.target instanceof Element && event.target.closest('[data-own-keys]') !== null) return;
        setOpen(true);
      } else if (event.altKey && !ctrl && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        const way = neighbour(event.key === 'ArrowUp' ? -1 : 1, event.shiftKey);
        if (way === undefined) return;
        way.click();
      } else return;
      event.preventDefault();
    }
    // Before editors take the arrows for themselves.
    window.addEventListener('keydown', onKey, true);
    if (takeEarlyKey('/')) setOpen(true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
  return open && <KeysDialog onClose={() => setOpen(false)} />;
}

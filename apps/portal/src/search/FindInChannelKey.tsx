'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/**
 * Ctrl+F and ⌘F in a channel look for messages of the whole channel: the browser's own search knows only what is on the
 * screen. Pressed again on the page of the search it is the browser's.
 */
export function FindInChannelKey({ id }: { id: string }) {
  const router = useRouter();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const plain = event.key.toLowerCase() === 'f' && !event.altKey && !event.shiftKey;
      if (
        !plain ||
        !(event.ctrlKey || event.metaKey) ||
        document.querySelector('dialog[open], [role=dialog]')
      )
        return;
      event.preventDefault();
      router.push(`/search?tab=messages&in=${id}`);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [router, id]);
  return null;
}

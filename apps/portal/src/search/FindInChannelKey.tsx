'use client';
import { writeOperator } from '@parvis/contract/chat-query';
import type { Locale } from '@parvis/contract/shape';
import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useEffect } from 'react';

/**
 * Ctrl+F and ⌘F in a channel look for messages of the whole channel: the browser's own search knows only what is on the
 * screen. Pressed again on the page of the search it is the browser's.
 */
export function FindInChannelKey({ title }: { title: string }) {
  const router = useRouter();
  const locale = useLocale() as Locale;
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
      router.push(`/search?tab=messages&q=${encodeURIComponent(`${writeOperator('in', title, locale)} `)}`);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [router, locale, title]);
  return null;
}

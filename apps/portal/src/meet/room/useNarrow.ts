'use client';
import { useSyncExternalStore } from 'react';

const asked = '(max-width: 720px)';

function subscribe(change: () => void) {
  const query = matchMedia(asked);
  query.addEventListener('change', change);
  return () => query.removeEventListener('change', change);
}

/** Whether this is a phone, or a window no wider than one. */
export const useNarrow = () =>
  useSyncExternalStore(
    subscribe,
    () => matchMedia(asked).matches,
    () => false,
  );

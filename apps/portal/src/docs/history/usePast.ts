'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Where the panel covers the text, as the style sheet says it: choosing a moment there shows it. */
const narrow = '(max-width: 720px)';

export interface Past {
  /** The moment that is looked at. */
  readonly at: number;
  /** The moment that it is compared with; null for its text alone. */
  readonly other: number | null;
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Which moment of the past is shown in place of the text: it stands in the address, so that going back works. */
export function usePast(): { past: Past | null; look: (past: Past | null) => void } {
  const asked = useSearchParams();
  const at = numberIn(asked.get('at'));
  const past = at === null || at === 0 ? null : { at, other: numberIn(asked.get('with')) };
  const look = useCallback((wanted: Past | null) => {
    const url = new URL(window.location.href);
    url.searchParams.delete('at');
    url.searchParams.delete('with');
    if (window.matchMedia(narrow).matches) url.searchParams.delete('panel');
    if (wanted !== null) url.searchParams.set('at', String(wanted.at));
    if (wanted?.other != null) url.searchParams.set('with', String(wanted.other));
    window.history.pushState(null, '', url);
  }, []);
  return { past, look };
}

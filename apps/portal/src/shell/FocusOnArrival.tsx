'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** Milliseconds a page may take to arrive; after that the focus is left where the person has it. */
const arrivalMsMax = 5_000;

/** Puts the focus on the page's content; answers whether that is settled. */
function arrive(): boolean {
  const main = document.getElementById('main');
  if (main === null || main.getAttribute('aria-busy') === 'true') return false;
  const at = document.activeElement;
  if (at !== null && (main.contains(at) || at.closest('[role="dialog"], [role="alertdialog"]') !== null))
    return true;
  main.focus({ preventScroll: true });
  return true;
}

/**
 * After a change of page the focus goes to the new content when the person came by keyboard, or when what had the focus
 * is gone: Tab then goes on in the page, and a screen reader reads it. A pointer's focus is never moved.
 */
export function FocusOnArrival() {
  const pathname = usePathname();
  const shown = useRef(pathname);
  const byKeyboard = useRef(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      byKeyboard.current = !event.altKey && !event.ctrlKey && !event.metaKey;
    };
    const onPointer = () => {
      byKeyboard.current = false;
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('pointerdown', onPointer, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('pointerdown', onPointer, true);
    };
  }, []);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (!byKeyboard.current && document.activeElement !== document.body) return;
    if (arrive()) return;
    const watch = new MutationObserver(() => {
      if (arrive()) watch.disconnect();
    });
    watch.observe(document.body, { childList: true, subtree: true });
    const timer = setTimeout(() => watch.disconnect(), arrivalMsMax);
    return () => {
      watch.disconnect();
      clearTimeout(timer);
    };
  }, [pathname]);
  return null;
}

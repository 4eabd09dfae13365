'use client';
import { type ReactNode, useEffect, useRef } from 'react';

/** Arrows, Home and End move between the links of a list; Tab goes on as everywhere. */
export function ArrowKeys({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onKey = (event: KeyboardEvent) => {
      const links = [...element.querySelectorAll<HTMLElement>('a[href]')];
      const at = links.indexOf(document.activeElement as HTMLElement);
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
      const link = to === undefined ? undefined : links[to];
      if (!link) return;
      event.preventDefault();
      link.focus();
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, []);
  return <div ref={box}>{children}</div>;
}

'use client';
import { useEffect } from 'react';
import './tree.css';

/** Looks for the block that are made until the text stands on the page, and milliseconds between two of them. */
const looksMax = 40;
const lookMs = 50;
const flashMs = 2_000;

/** Goes to the block that the address names (`#<id of the block>`) and lights it up for a moment. */
export function useBlockAddress(ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const go = (looks = 0) => {
      const id = decodeURIComponent(window.location.hash.slice(1));
      if (id === '') return;
      const block = document.querySelector<HTMLElement>(`.bn-editor [data-id="${CSS.escape(id)}"]`);
      if (block === null) {
        if (looks < looksMax) timer = setTimeout(() => go(looks + 1), lookMs);
        return;
      }
      block.scrollIntoView({ block: 'center' });
      // The editor answers for its own attributes; a class set by hand would be taken for a change of the text.
      const light = document.createElement('div');
      const { top, left, width, height } = block.getBoundingClientRect();
      light.className = 'docs-flash';
      light.setAttribute('aria-hidden', 'true');
      Object.assign(light.style, {
        position: 'fixed',
        top: `${top}px`,
        left: `${left}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
      document.body.append(light);
      timer = setTimeout(() => light.remove(), flashMs);
    };
    const again = () => go();
    go();
    window.addEventListener('hashchange', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('hashchange', again);
    };
  }, [ready]);
}

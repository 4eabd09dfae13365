'use client';
import { useEffect } from 'react';

/**
 * The menus of the editor say `aria-expanded` on the text, which is a textbox and may not have it: it is taken away as
 * often as it comes. That a menu is open is told by `aria-controls` and `aria-activedescendant`.
 */
export function useQuietTextbox(box: HTMLElement | null): void {
  useEffect(() => {
    if (box === null) return;
    const clean = () => {
      for (const node of box.querySelectorAll('[role="textbox"][aria-expanded]'))
        node.removeAttribute('aria-expanded');
    };
    const watch = new MutationObserver(clean);
    watch.observe(box, { subtree: true, attributeFilter: ['aria-expanded'] });
    clean();
    return () => watch.disconnect();
  }, [box]);
}

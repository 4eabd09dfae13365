'use client';
import { useEffect, useState } from 'react';

/** Whether the page is dark now, whichever way that was chosen. */
export function useDark(): boolean {
  const [dark, setDark] = useState(false);
  useEffect(() => {
    const device = window.matchMedia('(prefers-color-scheme: dark)');
    const look = () => {
      const theme = document.documentElement.dataset.theme ?? 'system';
      setDark(theme === 'dark' || (theme === 'system' && device.matches));
    };
    const watch = new MutationObserver(look);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    device.addEventListener('change', look);
    look();
    return () => {
      watch.disconnect();
      device.removeEventListener('change', look);
    };
  }, []);
  return dark;
}

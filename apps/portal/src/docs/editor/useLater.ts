'use client';
import { useEffect, useState } from 'react';
import { whenIdle } from '../../shell/when-idle.ts';

/** True once the page has nothing else to do after `begun`, or somebody began to act in `box` before. */
export function useLater(begun: boolean, box: HTMLElement | null): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    if (!begun) return;
    const act = () => setLater(true);
    const cancel = whenIdle(act);
    box?.addEventListener('focusin', act, { once: true });
    return () => {
      cancel();
      box?.removeEventListener('focusin', act);
    };
  }, [begun, box]);
  return later;
}

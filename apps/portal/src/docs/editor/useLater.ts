'use client';
import { useEffect, useState } from 'react';
import { whenIdle } from '../../shell/when-idle.ts';

/** True from the first moment on in which the page has nothing else to do, after `begun`. */
export function useLater(begun: boolean): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => (begun ? whenIdle(() => setLater(true)) : undefined), [begun]);
  return later;
}

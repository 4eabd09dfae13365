'use client';
import { useEffect, useRef } from 'react';

/** A letter alone does this while nobody writes. */
export const roomKeys = {
  m: 'microphone',
  v: 'camera',
  s: 'screen',
  h: 'hand',
  c: 'chat',
  b: 'board',
  p: 'people',
  l: 'layout',
  f: 'full',
  '?': 'help',
} as const;
export type RoomKey = (typeof roomKeys)[keyof typeof roomKeys];

const writing =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="dialog"], [role="menu"], [role="listbox"]';
/** Space presses what has the focus; only where it would press nothing does it speak. */
const pressed = 'button, a, summary, [role="button"], [role="tab"], [role="radio"]';

/**
 * Keys of the room: letters, and the space bar that opens the microphone for as long as it is held.
 * @param on false for somebody who switched them off
 */
export function useKeys(on: boolean, act: (key: RoomKey) => void, talk: (speaks: boolean) => void): void {
  const latest = useRef({ act, talk });
  latest.current = { act, talk };
  useEffect(() => {
    if (!on) return;
    let talking = false;
    const stop = () => {
      if (talking) latest.current.talk(false);
      talking = false;
    };
    function down(event: KeyboardEvent) {
      const at = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || at?.closest(writing))
        return;
      if (event.key === ' ') {
        if (at?.closest(pressed)) return;
        event.preventDefault();
        if (event.repeat || talking) return;
        talking = true;
        return latest.current.talk(true);
      }
      const key = roomKeys[event.key.toLowerCase() as keyof typeof roomKeys];
      if (key === undefined || event.repeat) return;
      event.preventDefault();
      latest.current.act(key);
    }
    const up = (event: KeyboardEvent) => event.key === ' ' && stop();
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', stop);
    return () => {
      stop();
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', stop);
    };
  }, [on]);
}

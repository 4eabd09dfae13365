'use client';
import { useEffect, useState } from 'react';
import type { PanelName } from './Tools.tsx';

const keysKey = 'parvis-meet-keys';

/** How this person looks at the meeting: what is large, what is open beside it, which window is in front. */
export function useView() {
  const [layout, setLayout] = useState<'grid' | 'speaker'>('grid');
  const [pinned, setPinned] = useState<string | null>(null);
  const [panel, show] = useState<PanelName | null>(null);
  const [dialog, open] = useState<'settings' | 'keys' | 'breakouts' | null>(null);
  const [light, setLight] = useState(false);
  const [keysOn, setKeysOn] = useState(() => localStorage.getItem(keysKey) !== 'off');
  useEffect(() => localStorage.setItem(keysKey, keysOn ? 'on' : 'off'), [keysOn]);
  return {
    layout,
    pinned,
    panel,
    dialog,
    light,
    keysOn,
    show,
    open,
    setLight,
    setKeysOn,
    /** Turns a panel on, or off when it is the one that is open. */
    turn: (name: PanelName) => show(panel === name ? null : name),
    turnLayout: () => {
      setLayout(layout === 'grid' ? 'speaker' : 'grid');
      setPinned(null);
    },
    pin: (key: string) => {
      setPinned(pinned === key ? null : key);
      if (pinned !== key) setLayout('speaker');
    },
  };
}

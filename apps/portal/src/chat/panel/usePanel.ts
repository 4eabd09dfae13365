'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { useFrame } from '../../shell/AppFrame.tsx';
import { type Panel, panels } from './panels.tsx';

export interface OpenPanel {
  readonly panel: Panel;
  readonly about: string | null;
}

/** Opens a panel, another one in its place, or none. */
export type ShowPanel = (id: string | null, about?: string | number) => void;

/**
 * Which panel is open: it stands in the address, so that a reload and a shared address show the same, and that "back"
 * closes it where it takes the whole screen.
 */
export function usePanel(): { open: OpenPanel | null; show: ShowPanel } {
  const asked = useSearchParams().get('panel');
  // The server draws the page without its panel, which lives on the connection of this browser.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const [id, about = null] = alive && asked !== null ? asked.split('.') : [];
  const panel = panels.find((one) => one.id === id) ?? null;
  const { showSide } = useFrame();
  const isOpen = panel !== null;
  useEffect(() => {
    showSide(isOpen);
    return () => showSide(false);
  }, [isOpen, showSide]);
  const show = useCallback<ShowPanel>((next, of) => {
    const url = new URL(window.location.href);
    const wasOpen = url.searchParams.has('panel');
    if (next === null) url.searchParams.delete('panel');
    else url.searchParams.set('panel', of === undefined ? next : `${next}.${of}`);
    // The page itself stays as it is: nothing is asked of the server.
    if (next !== null && !wasOpen) window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
  }, []);
  return { open: panel === null ? null : { panel, about: about ?? null }, show };
}

'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { useFrame } from '../shell/AppFrame.tsx';
import { type Panel, panels } from './panels.tsx';

/** Which panel is open: it stands in the address, so that a reload and a shared address show the same. */
export function usePanel(): { panel: Panel | null; show: (id: string | null) => void } {
  const asked = useSearchParams().get('panel');
  // The server draws the page without its panel, which lives on the connection of this browser.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const wanted = alive ? asked : null;
  const panel = panels.find(({ id }) => id === wanted) ?? null;
  const { showSide } = useFrame();
  const isOpen = panel !== null;
  useEffect(() => {
    showSide(isOpen);
    return () => showSide(false);
  }, [isOpen, showSide]);
  const show = useCallback((id: string | null) => {
    const url = new URL(window.location.href);
    if (id === null) url.searchParams.delete('panel');
    else url.searchParams.set('panel', id);
    // The page itself stays as it is: nothing is asked of the server.
    window.history.replaceState(null, '', url);
  }, []);
  return { panel, show };
}

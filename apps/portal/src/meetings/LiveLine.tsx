'use client';
import { useRef } from 'react';
import { useLine } from '../meet/useLine.ts';

/** Hears of one meeting that goes on: who comes and goes, and that it ends. Draws nothing. */
export function LiveLine({ id, onChanged }: { id: string; onChanged: () => void }) {
  const told = useRef(false);
  useLine(id, undefined, ({ t }) => {
    if (t !== 'state') return;
    // What is said first is what the list shows already.
    if (told.current) onChanged();
    told.current = true;
  });
  return null;
}

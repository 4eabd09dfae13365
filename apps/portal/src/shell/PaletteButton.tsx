'use client';
import { Icon } from '@parvis/ui/Icon';
import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback, useEffect, useState } from 'react';
import { takeEarlyKey } from './early-keys.ts';

const Palette = dynamic(() => import('./Palette.tsx').then((part) => part.Palette), { ssr: false });

/** Opens the quick switcher, also on Ctrl+K and ⌘K; its code is loaded when it is first wanted. */
export function PaletteButton({
  label,
  short,
  wide = false,
}: {
  label: string;
  /** For the bar of a phone, where words have little room: the beginning of the label. */
  short?: string;
  wide?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = useCallback(() => {
    setWanted(true);
    setOpen(true);
  }, []);
  useEffect(() => {
    if (wide) return;
    function onKey(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      show();
    }
    window.addEventListener('keydown', onKey);
    // Pressed while the page was on its way: nobody presses twice for that.
    if (takeEarlyKey('k')) show();
    return () => window.removeEventListener('keydown', onKey);
  }, [wide, show]);
  return (
    <>
      {wide ? (
        <button type="button" className="p-find" aria-keyshortcuts="Control+K" onClick={show}>
          <Icon of={Search} size="s" />
          <span>{label}</span>
          <kbd className="p-kbd">Ctrl K</kbd>
        </button>
      ) : (
        <button
          type="button"
          className="p-to"
          aria-label={label}
          aria-keyshortcuts="Control+K"
          onClick={show}
        >
          <Icon of={Search} />
          <span className="p-to-name">{short ?? label}</span>
          <span className="p-tip" data-side="end" aria-hidden="true">
            {label} <kbd className="p-kbd">Ctrl K</kbd>
          </span>
        </button>
      )}
      {wanted && <Palette open={open} onOpenChange={setOpen} />}
    </>
  );
}

'use client';
import { type PointerEvent, useRef } from 'react';

/** Milliseconds that a finger rests, and pixels that it may tremble meanwhile. */
const restMs = 450;
const tremblePx = 10;

/** A finger that rests on a message: its menu is wanted. Links, buttons and selections of text keep their own. */
export function useLongPress(onPress: (row: HTMLElement) => void) {
  const held = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const release = () => {
    clearTimeout(held.current?.timer);
    held.current = null;
  };
  return {
    onPointerDown(event: PointerEvent) {
      release();
      const target = event.target as HTMLElement;
      const row = target.closest<HTMLElement>('article[data-seq]');
      if (
        event.pointerType !== 'touch' ||
        row === null ||
        target.closest('a, button, input, textarea, [contenteditable]')
      )
        return;
      const timer = setTimeout(() => {
        held.current = null;
        onPress(row);
      }, restMs);
      held.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: PointerEvent) {
      const from = held.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > tremblePx) release();
    },
    onPointerUp: release,
    onPointerCancel: release,
  };
}

'use client';
import { type KeyboardEvent, useEffect, useRef } from 'react';

const buttonsOf = (bar: HTMLElement) => [...bar.querySelectorAll<HTMLElement>('button:not([disabled])')];

/**
 * One stop of Tab for a whole toolbar: arrows go from tool to tool in the direction of the page, Home and End to its
 * ends, and the tool used last is where one comes back to.
 */
export function useRoving() {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After each drawing: a tool may have come, gone, or lost its turn by being disabled.
    if (bar.current === null) return;
    const buttons = buttonsOf(bar.current);
    const current =
      buttons.find((button) => button.tabIndex === 0 && button.dataset.stop === '') ?? buttons[0];
    stopAt(buttons, current);
  });
  function stopAt(buttons: readonly HTMLElement[], current: HTMLElement | undefined) {
    for (const button of buttons) {
      button.tabIndex = button === current ? 0 : -1;
      if (button === current) button.dataset.stop = '';
      else delete button.dataset.stop;
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    if (bar.current === null || !(event.target instanceof HTMLElement)) return;
    const buttons = buttonsOf(bar.current);
    const at = buttons.indexOf(event.target);
    if (at < 0) return;
    const rtl = getComputedStyle(bar.current).direction === 'rtl';
    const steps: Record<string, number> = {
      [rtl ? 'ArrowLeft' : 'ArrowRight']: at + 1,
      [rtl ? 'ArrowRight' : 'ArrowLeft']: at - 1,
      Home: 0,
      End: buttons.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = buttons[(wanted + buttons.length) % buttons.length];
    stopAt(buttons, next);
    next?.focus();
    next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  return { bar, onKeyDown };
}

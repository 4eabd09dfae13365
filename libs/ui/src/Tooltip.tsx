'use client';
import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components/Tooltip';
import { InLocale } from './InLocale.tsx';
import { Kbd } from './Kbd.tsx';

export interface TooltipProps {
  /** What is said. It adds to the name of the element; it never replaces it. */
  words: ReactNode;
  shortcut?: string;
  /** One focusable element. */
  children: ReactElement;
  side?: 'top' | 'bottom' | 'start' | 'end';
}

/** Words on hover and focus that do not fit on screen: the exact time, why something is not possible. Escape hides them. */
export function Tooltip({ words, shortcut, children, side = 'bottom' }: TooltipProps) {
  return (
    <InLocale>
      <TooltipTrigger delay={500} closeDelay={80}>
        <Focusable>{children as ReactElement<Record<string, unknown>, string>}</Focusable>
        <AriaTooltip className="p-tooltip" placement={side} offset={6}>
          {words}
          {shortcut && <Kbd>{shortcut}</Kbd>}
        </AriaTooltip>
      </TooltipTrigger>
    </InLocale>
  );
}

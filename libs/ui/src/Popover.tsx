'use client';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover as AriaPopover } from 'react-aria-components/Popover';
import { Pressable } from 'react-aria-components/Pressable';
import { InLocale } from './InLocale.tsx';

export interface PopoverProps {
  /** One element with the look of a button. */
  trigger: ReactElement;
  /** Name of what opens. */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  side?: 'bottom' | 'top' | 'start' | 'end';
  align?: 'start' | 'center' | 'end';
  /** Without the inner margin: a picker that fills it. */
  bare?: boolean;
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A small place beside its button: the card of a person, a picker. */
export function Popover({
  trigger,
  label,
  children,
  side = 'bottom',
  align = 'center',
  bare,
  open,
  defaultOpen,
  onOpenChange,
}: PopoverProps) {
  const upright = side === 'bottom' || side === 'top';
  const placement = upright && align !== 'center' ? (`${side} ${align}` as const) : side;
  return (
    <InLocale>
      <DialogTrigger isOpen={open} defaultOpen={defaultOpen} onOpenChange={onOpenChange}>
        <Pressable>{trigger as ReactElement<Record<string, unknown>, string>}</Pressable>
        <AriaPopover
          className={`p-float ${bare ? 'p-popover-bare' : 'p-popover'}`}
          placement={placement}
          offset={6}
        >
          <Dialog className="p-dialog-in" aria-label={label}>
            {({ close }) => <>{typeof children === 'function' ? children(close) : children}</>}
          </Dialog>
        </AriaPopover>
      </DialogTrigger>
    </InLocale>
  );
}

export interface PopoverAtProps extends Pick<PopoverProps, 'label' | 'side' | 'align' | 'bare'> {
  /** The element it opens beside. The focus goes back to what had it. */
  triggerRef: RefObject<Element | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** The place alone, for a trigger that is drawn elsewhere. */
export function PopoverAt({
  triggerRef,
  label,
  children,
  side = 'bottom',
  align = 'center',
  bare,
  open,
  onOpenChange,
}: PopoverAtProps) {
  const upright = side === 'bottom' || side === 'top';
  return (
    <InLocale>
      <AriaPopover
        className={`p-float ${bare ? 'p-popover-bare' : 'p-popover'}`}
        placement={upright && align !== 'center' ? `${side} ${align}` : side}
        offset={6}
        triggerRef={triggerRef}
        isOpen={open}
        onOpenChange={onOpenChange}
      >
        <Dialog className="p-dialog-in" aria-label={label}>
          {children}
        </Dialog>
      </AriaPopover>
    </InLocale>
  );
}

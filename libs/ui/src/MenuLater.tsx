'use client';
import type { KeyboardEvent, ReactElement } from 'react';
import { cloneElement, lazy, Suspense, useRef, useState } from 'react';
import type { MenuProps } from './Menu.tsx';

const load = () => import('./Menu.tsx');
const MenuPopover = lazy(async () => ({ default: (await load()).MenuPopover }));

export interface MenuLaterProps extends Pick<MenuProps, 'groups' | 'onAction' | 'align'> {
  trigger: ReactElement<Record<string, unknown>>;
  /** Name of the menu. */
  label: string;
}

/**
 * `Menu` for pages that must open fast: the button is there at once, the menu itself is fetched when the pointer or the
 * focus comes near, and the button never changes place, so the focus comes back to it.
 */
export function MenuLater({ trigger, ...menu }: MenuLaterProps) {
  const button = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const near = () => {
    load().catch(() => {});
  };
  const drawn = cloneElement(trigger, {
    ref: button,
    'aria-haspopup': 'menu',
    'aria-expanded': open,
    onPointerEnter: near,
    onFocus: near,
    onClick: () => setOpen(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      setOpen(true);
    },
  });
  return (
    <>
      {drawn}
      {open && (
        <Suspense>
          <MenuPopover triggerRef={button} open={open} onOpenChange={setOpen} {...menu} />
        </Suspense>
      )}
    </>
  );
}

import type { ReactNode } from 'react';

/** Keys of a shortcut; always left to right. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="p-kbd">{children}</kbd>;
}

export interface ShortcutProps {
  keys: string;
  /** What the keys do. */
  children: ReactNode;
}

/** A line of the page of shortcuts, or of the foot of a palette: keys, then words. */
export function Shortcut({ keys, children }: ShortcutProps) {
  return (
    <span className="p-shortcut">
      <Kbd>{keys}</Kbd>
      {children}
    </span>
  );
}

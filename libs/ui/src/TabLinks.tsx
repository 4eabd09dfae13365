import type { ElementType, ReactNode } from 'react';
import { Count } from './Count.tsx';

export interface TabLinksProps {
  label: string;
  tabs: readonly { id: string; title: ReactNode; href: string; count?: number }[];
  current?: string;
  as?: ElementType;
}

/** The look of tabs for views that have an address. */
export function TabLinks({ label, tabs, current, as }: TabLinksProps) {
  const Anchor = as ?? 'a';
  return (
    <nav className="p-tablist" aria-label={label}>
      {tabs.map((tab) => (
        <Anchor
          className="p-tab"
          key={tab.id}
          href={tab.href}
          aria-current={tab.id === current ? 'page' : undefined}
        >
          {tab.title}
          {tab.count !== undefined && <Count value={tab.count} />}
        </Anchor>
      ))}
    </nav>
  );
}

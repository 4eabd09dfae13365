'use client';
import type { ReactNode } from 'react';

interface Props {
  name: ReactNode;
  badges?: ReactNode;
  /** What there is to know of it, in small. */
  facts: ReactNode;
  acts: ReactNode;
  children?: ReactNode;
}

/** One integration: what it is, how it fares, and what can be done with it. */
export function Line({ name, badges, facts, acts, children }: Props) {
  return (
    <li className="app-line">
      <div className="app-what">
        <p className="app-name">
          <bdi>{name}</bdi>
          {badges}
        </p>
        <div className="p-meta app-facts">{facts}</div>
      </div>
      <div className="app-acts">{acts}</div>
      {children}
    </li>
  );
}

import type { ReactNode } from 'react';

export type BadgeTone = 'plain' | 'people' | 'good' | 'wait' | 'bad' | 'info';

export interface BadgeProps {
  /** Colour never speaks alone: the words say it. */
  tone?: BadgeTone;
  /** An `Icon` of size `xs`. */
  icon?: ReactNode;
  children: ReactNode;
}

/** One or two words about a thing: its state, or that a person is a guest. */
export function Badge({ tone = 'plain', icon, children }: BadgeProps) {
  return (
    <span className="p-badge" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

export interface ChipProps {
  href?: string;
  icon?: ReactNode;
  children: ReactNode;
}

/** A rounded label that stands for a thing (a file, a filter, a person in a field); a link when it has an address. */
export function Chip({ href, icon, children }: ChipProps) {
  const inside = (
    <>
      {icon}
      <span className="p-cut">{children}</span>
    </>
  );
  return href ? (
    <a className="p-chip" href={href}>
      {inside}
    </a>
  ) : (
    <span className="p-chip">{inside}</span>
  );
}

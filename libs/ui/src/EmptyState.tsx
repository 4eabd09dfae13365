import type { ReactNode } from 'react';

/** Shared by the empty and the failed state. */
export interface StateProps {
  title: ReactNode;
  /** One sentence. */
  children?: ReactNode;
  /** One button. */
  action?: ReactNode;
  /** Level of the heading on the page it stands in. */
  level?: 2 | 3 | 4;
}

export interface EmptyStateProps extends StateProps {
  /** A `SpaceTile` of size `xl`, the only ornament there is; or nothing. */
  picture?: ReactNode;
}

/** A place with nothing in it yet: what it is for, and the one thing to do. */
export function EmptyState({ title, children, action, picture, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="p-empty">
      {picture}
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

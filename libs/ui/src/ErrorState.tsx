import type { ReactNode } from 'react';
import type { StateProps } from './EmptyState.tsx';

export interface ErrorStateProps extends StateProps {
  /** What was kept ("Your text is saved on this device."). */
  kept?: ReactNode;
  /** A reference for the help desk. */
  reference?: ReactNode;
}

/** What happened, what was kept, what to do. */
export function ErrorState({ title, children, kept, action, reference, level = 2 }: ErrorStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="p-empty p-failed" role="alert">
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {kept && <p className="p-meta">{kept}</p>}
      {action && <div className="p-row">{action}</div>}
      {reference && <p className="p-tiny p-meta">{reference}</p>}
    </div>
  );
}

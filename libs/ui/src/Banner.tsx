import type { ReactNode } from 'react';

export interface BannerProps {
  /** `wait` (default) for offline and the like. The words say it, the colour repeats it. */
  tone?: 'wait' | 'info' | 'good' | 'bad';
  icon?: ReactNode;
  children: ReactNode;
  /** One quiet button. */
  action?: ReactNode;
  /** Across a sheet, without corners. */
  flat?: boolean;
}

/** A state of the whole place, as long as it lasts. Announced politely when it appears inside a live page. */
export function Banner({ tone = 'wait', icon, children, action, flat }: BannerProps) {
  return (
    <div
      className="p-banner"
      data-tone={tone}
      data-flat={flat || undefined}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      {icon}
      <span className="p-grow">{children}</span>
      {action}
    </div>
  );
}

export interface TruthProps {
  /** An `Icon` of size `s`. */
  icon: ReactNode;
  tone?: 'plain' | 'bad';
  children: ReactNode;
}

/** What has become of a thing, said quietly: sending, saved, waiting, not sent. */
export function Truth({ icon, tone, children }: TruthProps) {
  return (
    <span className="p-truth" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

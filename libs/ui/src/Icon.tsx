import type { ComponentType } from 'react';

/** What an icon of lucide-react accepts; the parts never import the library itself. */
export type IconShape = ComponentType<{
  className?: string;
  size?: number | string;
  strokeWidth?: number | string;
  'aria-hidden'?: boolean;
}>;

export interface IconProps {
  /** A component of lucide-react, for example `House`. */
  of: IconShape;
  size?: 'xs' | 's' | 'm' | 'l';
  /** Mirror it from right to left: only where direction means something (back, send, undo, panels). */
  flip?: boolean;
}

const pixels = { xs: 14, s: 16, m: 18, l: 22 } as const;

/** A decorative icon: 18 px, 1.75 px stroke. Its meaning must be said by the text or the label beside it. */
export function Icon({ of: Shape, size = 'm', flip }: IconProps) {
  const className = `p-i${size === 'm' ? '' : ` p-i-${size}`}${flip ? ' p-flip' : ''}`;
  return <Shape className={className} size={pixels[size]} strokeWidth={1.75} aria-hidden />;
}

import type { ComponentProps, ElementType, ReactNode } from 'react';

export type ButtonKind = 'plain' | 'main' | 'quiet' | 'danger' | 'danger-quiet';

interface ButtonLook {
  /** `main` at most once per view; `danger` only for what cannot be undone. */
  kind?: ButtonKind;
  size?: 'small' | 'big';
  /** Take the whole width of the place. */
  wide?: boolean;
  /** An `Icon` of size `s`, before the words. */
  icon?: ReactNode;
}

export interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** Waiting for an answer: keeps its place and the focus, ignores presses, turns after 300 ms. */
  busy?: boolean;
}

const classes = (own?: string) => (own ? `p-btn ${own}` : 'p-btn');

/** A native button; `type` is `button` unless said otherwise. */
export function Button({
  kind,
  size,
  wide,
  icon,
  busy,
  className,
  children,
  type,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the caller chooses it; a busy one never submits
      type={busy ? 'button' : (type ?? 'button')}
      className={classes(className)}
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <span className="p-btn-wait" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

export interface LinkButtonProps extends ComponentProps<'a'>, ButtonLook {
  href: string;
  /** The link component of the framework; a plain `<a>` when absent. */
  as?: ElementType;
}

/** A link that looks like a button: it goes somewhere, opens in a new tab, and works before scripts arrive. */
export function LinkButton({ kind, size, wide, icon, className, children, as, ...rest }: LinkButtonProps) {
  const Anchor = as ?? 'a';
  return (
    <Anchor
      {...rest}
      className={classes(className)}
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
    >
      {icon}
      {children}
    </Anchor>
  );
}

import type { ComponentProps, ElementType, ReactNode } from 'react';

interface TipLook {
  /** The accessible name, also shown on hover and on focus. */
  label: string;
  /** Keys, for example `Ctrl K`, shown beside the name. Give `aria-keyshortcuts` too. */
  shortcut?: string;
  /** Where the name appears: under the button (default), above it, or at its inline end. */
  tipSide?: 'bottom' | 'top' | 'end';
  /** Near an edge of the window, align the name with that edge of the button. */
  tipAlign?: 'start' | 'center' | 'end';
  /** An unread dot at the corner. The label must say it too. */
  dot?: boolean;
  kind?: 'plain' | 'main';
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'>, TipLook {
  /** The `Icon`. */
  children: ReactNode;
  /** For a button that stays down: announced as pressed. */
  pressed?: boolean;
}

interface TipProps extends Pick<TipLook, 'label' | 'shortcut' | 'tipSide' | 'tipAlign' | 'dot'> {}

function Tip({ label, shortcut, tipSide, tipAlign, dot }: TipProps) {
  return (
    <>
      {dot && <span className="p-dot" aria-hidden="true" />}
      {/* Written by the style sheet, so that the text of the button is its name and nothing else. */}
      <span
        className="p-tip"
        aria-hidden="true"
        data-label={label}
        data-keys={shortcut}
        data-side={tipSide}
        data-align={tipAlign}
      />
    </>
  );
}

/** A square button with an icon alone; its name is always there for everyone. */
export function IconButton({
  label,
  shortcut,
  tipSide,
  tipAlign,
  dot,
  kind,
  pressed,
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={className ? `p-ic ${className}` : 'p-ic'}
      data-kind={kind}
      aria-label={label}
      aria-pressed={pressed}
    >
      {children}
      <Tip label={label} shortcut={shortcut} tipSide={tipSide} tipAlign={tipAlign} dot={dot} />
    </button>
  );
}

export interface IconLinkProps extends Omit<ComponentProps<'a'>, 'aria-label' | 'title'>, TipLook {
  href: string;
  as?: ElementType;
  children: ReactNode;
}

/** The same square for going somewhere. */
export function IconLink({
  label,
  shortcut,
  tipSide,
  tipAlign,
  dot,
  kind,
  as,
  className,
  children,
  ...rest
}: IconLinkProps) {
  const Anchor = as ?? 'a';
  return (
    <Anchor
      {...rest}
      className={className ? `p-ic ${className}` : 'p-ic'}
      data-kind={kind}
      aria-label={label}
    >
      {children}
      <Tip label={label} shortcut={shortcut} tipSide={tipSide} tipAlign={tipAlign} dot={dot} />
    </Anchor>
  );
}

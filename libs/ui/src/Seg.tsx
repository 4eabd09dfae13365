import type { ElementType, ReactNode } from 'react';
import { useId } from 'react';

export interface SegOption {
  id: string;
  label: ReactNode;
  /** Its own language, where the words are in another one than the page. */
  lang?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface SegProps {
  /** What is chosen here. */
  label: string;
  options: readonly SegOption[];
  value?: string;
  defaultValue?: string;
  onChange?: (id: string) => void;
  /** Name in a form. */
  name?: string;
}

/** One of two to five, all seen, at once. Native radios: arrows move, forms send. */
export function Seg({ label, options, value, defaultValue, onChange, name }: SegProps) {
  const made = useId();
  return (
    <div className="p-seg" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className="p-seg-to" key={option.id} lang={option.lang}>
          <input
            type="radio"
            name={name ?? made}
            value={option.id}
            disabled={option.disabled}
            {...(value === undefined
              ? { defaultChecked: option.id === defaultValue }
              : { checked: option.id === value })}
            {...(onChange
              ? { onChange: () => onChange(option.id) }
              : value === undefined
                ? {}
                : { readOnly: true })}
          />
          {option.icon}
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

export interface SegLinksProps {
  label: string;
  options: readonly (SegOption & { href: string })[];
  current?: string;
  as?: ElementType;
}

/** The same look for views that have an address. */
export function SegLinks({ label, options, current, as }: SegLinksProps) {
  const Anchor = as ?? 'a';
  return (
    <nav className="p-seg" aria-label={label}>
      {options.map((option) => (
        <Anchor
          className="p-seg-to"
          key={option.id}
          href={option.href}
          lang={option.lang}
          aria-current={option.id === current ? 'page' : undefined}
        >
          {option.icon}
          {option.label}
        </Anchor>
      ))}
    </nav>
  );
}

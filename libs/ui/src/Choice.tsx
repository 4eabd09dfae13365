import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { Glyph } from './Glyph.tsx';

interface ChoiceWords {
  label: ReactNode;
  /** Keep the words for screen readers only. */
  labelHidden?: boolean;
  /** What it changes, in one sentence. */
  note?: ReactNode;
  /** The face at the end of the line, the words at its start: rows of settings. */
  faceAtEnd?: boolean;
}

type InputProps = Omit<ComponentProps<'input'>, 'type' | 'children' | 'size'>;

function Words({ label, labelHidden, note, noteId }: ChoiceWords & { noteId: string }) {
  return (
    <span className={labelHidden ? 'p-sr' : 'p-choice-words'}>
      <span>{label}</span>
      {note && (
        <span className="p-choice-note" id={noteId}>
          {note}
        </span>
      )}
    </span>
  );
}

export interface SwitchProps extends InputProps, ChoiceWords {}

/** On or off, at once. A native checkbox announced as a switch; works inside a form and before scripts. */
export function Switch({ label, labelHidden, note, faceAtEnd, className, ...input }: SwitchProps) {
  const noteId = useId();
  return (
    <label className={className ? `p-choice ${className}` : 'p-choice'} data-end={faceAtEnd || undefined}>
      {/* oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a checkbox says itself whether it is on */}
      <input {...input} type="checkbox" role="switch" aria-describedby={note ? noteId : undefined} />
      <span className="p-switch" aria-hidden="true" />
      <Words label={label} labelHidden={labelHidden} note={note} noteId={noteId} />
    </label>
  );
}

export interface CheckboxProps extends InputProps, ChoiceWords {
  /** Some, not all, of what it stands for. Only in a client component. */
  some?: boolean;
}

/** Yes or no, to be sent later or to choose several. */
export function Checkbox({ label, labelHidden, note, faceAtEnd, some, className, ...input }: CheckboxProps) {
  const noteId = useId();
  const mixed =
    some === undefined
      ? undefined
      : (node: HTMLInputElement | null) => {
          if (node) node.indeterminate = some;
        };
  return (
    <label className={className ? `p-choice ${className}` : 'p-choice'} data-end={faceAtEnd || undefined}>
      <input ref={mixed} {...input} type="checkbox" aria-describedby={note ? noteId : undefined} />
      <CheckFace />
      <Words label={label} labelHidden={labelHidden} note={note} noteId={noteId} />
    </label>
  );
}

/** The drawn square alone, after an input or with `data-on` / `data-some` set. */
export function CheckFace({ on, some }: { on?: boolean; some?: boolean }) {
  return (
    <span
      className="p-check"
      data-on={on || some || undefined}
      data-some={some || undefined}
      aria-hidden="true"
    >
      <span className="p-check-all">
        <Glyph name="check" />
      </span>
      <span className="p-check-some">
        <Glyph name="minus" />
      </span>
    </span>
  );
}

export interface RadioGroupProps {
  label: ReactNode;
  labelHidden?: boolean;
  name: string;
  options: readonly { id: string; label: ReactNode; note?: ReactNode; disabled?: boolean }[];
  value?: string;
  defaultValue?: string;
  onChange?: (id: string) => void;
}

/** One among a few, all seen. Arrows move, as the browser does it. */
export function RadioGroup({
  label,
  labelHidden,
  name,
  options,
  value,
  defaultValue,
  onChange,
}: RadioGroupProps) {
  const made = useId();
  return (
    <fieldset className="p-choices">
      <legend className={labelHidden ? 'p-sr' : 'p-label'}>{label}</legend>
      {options.map((option) => (
        <label className="p-choice" key={option.id}>
          <input
            type="radio"
            name={name}
            value={option.id}
            disabled={option.disabled}
            aria-describedby={option.note ? `${made}${option.id}` : undefined}
            {...(value === undefined
              ? { defaultChecked: option.id === defaultValue }
              : { checked: option.id === value })}
            {...(onChange
              ? { onChange: () => onChange(option.id) }
              : value === undefined
                ? {}
                : { readOnly: true })}
          />
          <span className="p-check" data-round aria-hidden="true" />
          <Words label={option.label} note={option.note} noteId={`${made}${option.id}`} />
        </label>
      ))}
    </fieldset>
  );
}

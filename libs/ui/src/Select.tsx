'use client';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { Glyph } from './Glyph.tsx';

const load = () => import('./SelectOptions.tsx');
const SelectOptions = lazy(async () => ({ default: (await load()).SelectOptions }));

export interface SelectOption {
  id: string;
  label: string;
  note?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps {
  label: ReactNode;
  labelHidden?: boolean;
  options: readonly SelectOption[];
  value?: string | null;
  defaultValue?: string;
  onChange?: (id: string) => void;
  placeholder?: string;
  help?: ReactNode;
  error?: ReactNode;
  disabled?: boolean;
  /** Before the value (a microphone, a camera). */
  icon?: ReactNode;
}

/** The next option after the chosen one that begins with the letter, round the end. */
function beginningWith(letter: string, options: readonly SelectOption[], chosen: string | null) {
  const at = options.findIndex(({ id }) => id === chosen) + 1;
  return [...options.slice(at), ...options.slice(0, at)].find(
    ({ label, disabled }) => !disabled && label.toLocaleLowerCase().startsWith(letter.toLocaleLowerCase()),
  );
}

const near = () => void load().catch(() => undefined);

function useChoice({
  options,
  value,
  defaultValue,
  onChange,
}: Pick<SelectProps, 'options' | 'value' | 'defaultValue' | 'onChange'>) {
  const [open, setOpen] = useState(false);
  const [own, setOwn] = useState(defaultValue ?? null);
  const chosen = value === undefined ? own : value;
  const choose = (id: string) => {
    setOwn(id);
    onChange?.(id);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A click that a key makes looks like one of a screen reader, and the focus would stay on the list as a whole.
    if (['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(event.key)) {
      event.preventDefault();
      setOpen(true);
    } else if (event.key.length === 1) {
      const found = beginningWith(event.key, options, chosen);
      if (found) choose(found.id);
    }
  };
  return { chosen, choose, open, setOpen, press };
}

/**
 * One choice of a short list. From about fifteen on, use `ComboBox`. The button is there at once and needs nothing; the
 * list comes when it is opened. A letter chooses without opening, as in the selects of the system.
 */
export function Select({
  label,
  labelHidden,
  options,
  value,
  defaultValue,
  onChange,
  placeholder = '',
  help,
  error,
  disabled,
  icon,
}: SelectProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const { chosen, choose, open, setOpen, press } = useChoice({ options, value, defaultValue, onChange });
  const shown = options.find((one) => one.id === chosen);
  return (
    <div className="p-field" data-invalid={error ? true : undefined}>
      <label id={`${id}label`} htmlFor={id} className={labelHidden ? 'p-sr' : 'p-label'}>
        {label}
      </label>
      <button
        id={id}
        ref={button}
        type="button"
        className="p-select"
        disabled={disabled}
        data-disabled={disabled || undefined}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-labelledby={`${id}value ${id}label`}
        aria-describedby={help || error ? `${id}help ${id}error` : undefined}
        onPointerEnter={near}
        onFocus={near}
        onClick={() => setOpen(true)}
        onKeyDown={press}
      >
        {icon}
        <span id={`${id}value`} data-placeholder={shown ? undefined : true}>
          {shown?.label ?? placeholder}
        </span>
        <Glyph name="down" />
      </button>
      <Words id={id} help={help} error={error} />
      {open && (
        <Suspense>
          <SelectOptions
            triggerRef={button}
            labelId={`${id}label`}
            options={options}
            chosen={chosen}
            onChoose={choose}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Words({ id, help, error }: { id: string } & Pick<SelectProps, 'help' | 'error'>) {
  return (
    <>
      {help && (
        <span id={`${id}help`} className="p-help">
          {help}
        </span>
      )}
      {error && (
        <span id={`${id}error`} className="p-error">
          <Glyph name="alert" />
          <span>{error}</span>
        </span>
      )}
    </>
  );
}

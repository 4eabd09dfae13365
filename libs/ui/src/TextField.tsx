import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { Glyph } from './Glyph.tsx';

interface FieldWords {
  label: ReactNode;
  /** Keep the label for screen readers only: a search box, a cell of a table. */
  labelHidden?: boolean;
  help?: ReactNode;
  /** What is wrong and how to mend it; the field is then announced as invalid. */
  error?: ReactNode;
}

interface FieldFrameProps extends FieldWords {
  /** Id of the control. */
  htmlFor: string;
  children: ReactNode;
}

const helpId = (id: string) => `${id}-help`;
const errorId = (id: string) => `${id}-error`;

/** Ids of help and error for `aria-describedby`. */
function describedBy(id: string, { help, error }: Pick<FieldWords, 'help' | 'error'>, own?: string) {
  return [own, help ? helpId(id) : '', error ? errorId(id) : ''].filter(Boolean).join(' ') || undefined;
}

/** Label above, help below, error beside: around any native control. */
export function FieldFrame({ label, labelHidden, help, error, htmlFor, children }: FieldFrameProps) {
  return (
    <div className="p-field">
      <label className={labelHidden ? 'p-sr' : 'p-label'} htmlFor={htmlFor}>
        {label}
      </label>
      {children}
      {help && (
        <span className="p-help" id={helpId(htmlFor)}>
          {help}
        </span>
      )}
      {error && (
        <span className="p-error" id={errorId(htmlFor)} role="alert">
          <Glyph name="alert" />
          <span>{error}</span>
        </span>
      )}
    </div>
  );
}

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'children'>, FieldWords {
  /** Something inside the box before the text (an icon). */
  start?: ReactNode;
  /** Something inside the box after the text (a unit, an IconButton). */
  end?: ReactNode;
}

/** One line of text. The direction follows what is typed unless `dir` says otherwise. */
export function TextField({
  label,
  labelHidden,
  help,
  error,
  start,
  end,
  id,
  className,
  ...input
}: TextFieldProps) {
  const made = useId();
  const own = id ?? made;
  return (
    <FieldFrame label={label} labelHidden={labelHidden} help={help} error={error} htmlFor={own}>
      <span className={className ? `p-box ${className}` : 'p-box'} data-error={error ? true : undefined}>
        {start}
        <input
          dir="auto"
          {...input}
          id={own}
          className="p-input"
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(own, { help, error }, input['aria-describedby'])}
        />
        {end}
      </span>
    </FieldFrame>
  );
}

export interface TextAreaProps extends ComponentProps<'textarea'>, FieldWords {
  /** Rows to grow to before scrolling. */
  rowsMax?: number;
}

/** Several lines; grows with its text where the browser can. */
export function TextArea({
  label,
  labelHidden,
  help,
  error,
  id,
  className,
  rowsMax = 12,
  style,
  ...area
}: TextAreaProps) {
  const made = useId();
  const own = id ?? made;
  return (
    <FieldFrame label={label} labelHidden={labelHidden} help={help} error={error} htmlFor={own}>
      <textarea
        dir="auto"
        rows={3}
        {...area}
        id={own}
        className={className ? `p-input p-area ${className}` : 'p-input p-area'}
        style={{ maxBlockSize: `calc(${rowsMax} * 1lh + 20px)`, ...style }}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(own, { help, error }, area['aria-describedby'])}
      />
    </FieldFrame>
  );
}

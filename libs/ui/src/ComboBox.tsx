'use client';
import type { ReactNode } from 'react';
import {
  ComboBox as AriaComboBox,
  Button,
  Input,
  Label,
  ListBox,
  Popover,
  Text,
  useFilter,
} from 'react-aria-components/ComboBox';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';
import type { SelectOption } from './Select.tsx';
import { OptionLine } from './SelectOptions.tsx';

export interface ComboBoxProps {
  label: ReactNode;
  labelHidden?: boolean;
  /** All options; or, with `text` and `onText`, those found for the text. */
  options: readonly SelectOption[];
  /** The caller searches: the options are shown as they are. */
  text?: string;
  onText?: (text: string) => void;
  value?: string | null;
  defaultValue?: string;
  onChoose?: (id: string) => void;
  placeholder?: string;
  help?: ReactNode;
  error?: ReactNode;
  /** Said when nothing is found. */
  none?: ReactNode;
  name?: string;
  disabled?: boolean;
}

function Field({
  label,
  labelHidden,
  options,
  text,
  onText,
  value,
  defaultValue,
  onChoose,
  ...rest
}: ComboBoxProps) {
  const { placeholder, help, error, none, name, disabled } = rest;
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <AriaComboBox
      className="p-field"
      {...(onText ? { items: options, inputValue: text, onInputChange: onText } : { defaultItems: options })}
      value={value}
      defaultValue={defaultValue}
      onChange={(key) => key !== null && onChoose?.(String(key))}
      defaultFilter={onText ? () => true : contains}
      allowsEmptyCollection={Boolean(none)}
      menuTrigger="focus"
      name={name}
      isDisabled={disabled}
      isInvalid={Boolean(error)}
    >
      <Label className={labelHidden ? 'p-sr' : 'p-label'}>{label}</Label>
      <div className="p-box" data-error={error ? true : undefined}>
        <Input className="p-input" placeholder={placeholder} dir="auto" />
        <Button className="p-ic">
          <Glyph name="down" />
        </Button>
      </div>
      {help && (
        <Text slot="description" className="p-help">
          {help}
        </Text>
      )}
      {error && (
        <Text slot="errorMessage" className="p-error">
          <Glyph name="alert" />
          <span>{error}</span>
        </Text>
      )}
      <Popover className="p-float p-popover-bare" offset={4}>
        <ListBox className="p-opts" renderEmptyState={() => <div className="p-opts-none">{none}</div>}>
          {(option: SelectOption) => <OptionLine option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

/** Choose by typing: a person among thousands, a zone. Accents do not matter. */
export function ComboBox(props: ComboBoxProps) {
  return (
    <InLocale>
      <Field {...props} />
    </InLocale>
  );
}

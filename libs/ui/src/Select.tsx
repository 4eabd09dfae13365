'use client';
import type { ReactNode } from 'react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components/Select';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';

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
  name?: string;
  disabled?: boolean;
  /** Before the value (a microphone, a camera). */
  icon?: ReactNode;
}

/** One choice of a short list. From about fifteen on, use `ComboBox`. */
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
  name,
  disabled,
  icon,
}: SelectProps) {
  return (
    <InLocale>
      <AriaSelect
        className="p-field"
        value={value}
        defaultValue={defaultValue}
        onChange={(key) => key !== null && onChange?.(String(key))}
        placeholder={placeholder}
        name={name}
        isDisabled={disabled}
        isInvalid={Boolean(error)}
      >
        <Label className={labelHidden ? 'p-sr' : 'p-label'}>{label}</Label>
        <Button className="p-select">
          {icon}
          <SelectValue>
            {({ selectedText, isPlaceholder }) => (isPlaceholder ? placeholder : selectedText)}
          </SelectValue>
          <Glyph name="down" />
        </Button>
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
          <ListBox className="p-opts" items={options}>
            {(option) => <OptionLine option={option} />}
          </ListBox>
        </Popover>
      </AriaSelect>
    </InLocale>
  );
}

/** A line of a select or of a combo box. */
export function OptionLine({ option }: { option: SelectOption }) {
  return (
    <ListBoxItem id={option.id} className="p-opt" textValue={option.label} isDisabled={option.disabled}>
      {({ isSelected }) => (
        <>
          {option.icon}
          <span className="p-menu-words">
            <Text slot="label">{option.label}</Text>
            {option.note && (
              <Text slot="description" className="p-meta">
                {option.note}
              </Text>
            )}
          </span>
          {isSelected && (
            <span className="p-menu-check">
              <Glyph name="check" />
            </span>
          )}
        </>
      )}
    </ListBoxItem>
  );
}

'use client';
import { parseDate } from '@internationalized/date';
import type { ReactNode } from 'react';
import {
  Calendar,
  DatePicker,
  DateInput,
  DateSegment,
  Button,
  Group,
  Label,
  Popover,
  Text,
} from 'react-aria-components/DatePicker';
import { Dialog } from 'react-aria-components/Dialog';
import { Month } from './Calendar.tsx';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';

export interface DateFieldProps {
  label: ReactNode;
  /** Days are `YYYY-MM-DD`, without a zone; `null` is empty. */
  value?: string | null;
  defaultValue?: string;
  onChange?: (day: string | null) => void;
  min?: string;
  max?: string;
  help?: ReactNode;
  error?: ReactNode;
  name?: string;
  required?: boolean;
  disabled?: boolean;
}

/** `null` is empty and controlled, `undefined` is not controlled. */
const day = (text: string | null | undefined) => (text ? parseDate(text) : text === null ? null : undefined);

/** A day, typed in the order of the language or chosen in a month. */
export function DateField({
  label,
  value,
  defaultValue,
  onChange,
  min,
  max,
  help,
  error,
  ...rest
}: DateFieldProps) {
  return (
    <InLocale>
      <DatePicker
        className="p-field"
        value={day(value)}
        defaultValue={day(defaultValue)}
        minValue={day(min)}
        maxValue={day(max)}
        onChange={(date) => onChange?.(date ? date.toString() : null)}
        name={rest.name}
        isRequired={rest.required}
        isDisabled={rest.disabled}
        isInvalid={Boolean(error) || undefined}
        shouldForceLeadingZeros
      >
        <Label className="p-label">{label}</Label>
        <Group className="p-box">
          <DateInput className="p-date">
            {(segment) => <DateSegment segment={segment} className="p-date-part" />}
          </DateInput>
          <Button className="p-ic">
            <Glyph name="calendar" size="m" />
          </Button>
        </Group>
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
        <Popover className="p-float p-popover" offset={4} placement="bottom start">
          <Dialog className="p-dialog-in">
            <Calendar className="p-calendar">
              <Month />
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </InLocale>
  );
}

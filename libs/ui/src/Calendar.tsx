'use client';
import { parseDate } from '@internationalized/date';
import {
  Calendar as AriaCalendar,
  Button,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from 'react-aria-components/Calendar';
import { useLocale } from 'react-aria-components/I18nProvider';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';

/** A month to be placed in a calendar of react-aria: arrows, days, weeks of the language. */
export function Month({ marked }: { marked?: (day: string) => boolean }) {
  // Arabic has no short names of days, only whole ones and letters.
  const { direction } = useLocale();
  return (
    <>
      <header className="p-month-head">
        <Button slot="previous" className="p-ic">
          <Glyph name="back" flip />
        </Button>
        <CalendarHeading className="p-month-title" />
        <Button slot="next" className="p-ic">
          <Glyph name="forward" flip />
        </Button>
      </header>
      <CalendarGrid className="p-month" weekdayStyle={direction === 'rtl' ? 'narrow' : 'short'}>
        <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell
              date={date}
              className="p-day-cell"
              data-marked={marked?.(date.toString()) || undefined}
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </>
  );
}

export interface CalendarProps {
  label: string;
  /** Days are `YYYY-MM-DD`, without a zone. */
  value?: string | null;
  defaultValue?: string;
  onChange?: (day: string) => void;
  min?: string;
  max?: string;
  /** Days with something on them get a dot. */
  marked?: (day: string) => boolean;
}

/** `null` is empty and controlled, `undefined` is not controlled. */
const day = (text: string | null | undefined) => (text ? parseDate(text) : text === null ? null : undefined);

/** A month from which to choose a day. */
export function Calendar({ label, value, defaultValue, onChange, min, max, marked }: CalendarProps) {
  return (
    <InLocale>
      <AriaCalendar
        className="p-calendar"
        aria-label={label}
        value={day(value)}
        defaultValue={day(defaultValue)}
        minValue={day(min)}
        maxValue={day(max)}
        onChange={(date) => date && onChange?.(date.toString())}
      >
        <Month marked={marked} />
      </AriaCalendar>
    </InLocale>
  );
}

'use client';
import type { ReactNode } from 'react';
import { ListBox as AriaListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import { InLocale } from './InLocale.tsx';

export interface ListBoxProps<T extends { id: string }> {
  label: string;
  items: readonly T[];
  /** What is in a row. */
  children: (item: T) => ReactNode;
  /** The words that typing finds. */
  text: (item: T) => string;
  choose?: 'none' | 'one' | 'many';
  selected?: readonly string[];
  onChoose?: (ids: string[]) => void;
  /** A press or Enter when nothing is to be chosen. */
  onAction?: (id: string) => void;
  empty?: ReactNode;
  /** Height of every row in pixels. Only the rows in sight exist. */
  rowPx?: number;
}

/** A long list of which only the rows in sight exist: arrows, letters, shift and Ctrl. Give its place a height. */
export function ListBox<T extends { id: string }>({
  label,
  items,
  children,
  text,
  choose = 'none',
  selected,
  onChoose,
  onAction,
  empty,
  rowPx = 40,
}: ListBoxProps<T>) {
  return (
    <InLocale>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: rowPx, padding: 4 }}>
        <AriaListBox
          className="p-listbox"
          aria-label={label}
          items={items}
          selectionMode={choose === 'none' ? 'none' : choose === 'one' ? 'single' : 'multiple'}
          selectionBehavior="replace"
          selectedKeys={selected}
          onSelectionChange={(keys) =>
            onChoose?.(keys === 'all' ? items.map((item) => item.id) : [...keys].map(String))
          }
          onAction={onAction ? (key) => onAction(String(key)) : undefined}
          renderEmptyState={() => <div className="p-opts-none">{empty}</div>}
        >
          {(item) => (
            <ListBoxItem className="p-listbox-row" textValue={text(item)}>
              {children(item)}
            </ListBoxItem>
          )}
        </AriaListBox>
      </Virtualizer>
    </InLocale>
  );
}

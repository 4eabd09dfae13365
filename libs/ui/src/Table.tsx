'use client';
import type { ReactNode } from 'react';
import {
  Table as AriaTable,
  Cell,
  Checkbox,
  Column,
  Row,
  TableBody,
  TableHeader,
} from 'react-aria-components/Table';
import { TableLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import { CheckFace } from './Choice.tsx';
import { Glyph } from './Glyph.tsx';
import { InLocale } from './InLocale.tsx';

export interface TableColumn<T> {
  id: string;
  title: ReactNode;
  /** What is in the cell. */
  cell: (row: T) => ReactNode;
  sortable?: boolean;
  /** Numbers stand at the end, in tabular figures. */
  numeric?: boolean;
  /** The column that names the row; the first one unless said. */
  names?: boolean;
  /** Width: pixels or a share such as `2fr`. */
  width?: number | `${number}fr` | `${number}%`;
  /** Not on a phone. */
  wideOnly?: boolean;
}

export interface TableSort {
  column: string;
  direction: 'ascending' | 'descending';
}

export interface TableProps<T extends { id: string }> {
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  /** The words that typing finds, and the name of the row for its checkbox. */
  text: (row: T) => string;
  choose?: 'none' | 'one' | 'many';
  selected?: readonly string[];
  onChoose?: (ids: string[]) => void;
  /** Enter or a double press on a row. */
  onAction?: (id: string) => void;
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  empty?: ReactNode;
  /** Only the rows in sight exist: from a few hundred rows on. Give its place a height. */
  virtual?: boolean;
}

const rowPx = 46;
const headPx = 34;

function Picker() {
  return (
    <Checkbox slot="selection" className="p-table-pick">
      {({ isSelected, isIndeterminate }) => <CheckFace on={isSelected} some={isIndeterminate} />}
    </Checkbox>
  );
}

function Head<T>({ columns, picks }: { columns: readonly TableColumn<T>[]; picks: boolean }) {
  return (
    <TableHeader className="p-table-head">
      {picks && (
        <Column id="__pick" className="p-table-title p-table-pickcell" width={44} minWidth={44}>
          <Picker />
        </Column>
      )}
      {columns.map((column, place) => (
        <Column
          key={column.id}
          id={column.id}
          className="p-table-title"
          isRowHeader={column.names ?? (place === 0 && !columns.some((one) => one.names))}
          allowsSorting={column.sortable}
          width={column.width}
          data-numeric={column.numeric || undefined}
          data-wide-only={column.wideOnly || undefined}
          style={typeof column.width === 'number' ? { inlineSize: column.width } : undefined}
        >
          {({ sortDirection }) => (
            <span className="p-table-sort">
              {column.title}
              {sortDirection && (
                <span data-direction={sortDirection}>
                  <Glyph name="up" size="xs" />
                </span>
              )}
            </span>
          )}
        </Column>
      ))}
    </TableHeader>
  );
}

/** Rows and columns that can be sorted, chosen (shift, Ctrl, checkboxes) and walked with the arrows. */
export function Table<T extends { id: string }>({
  label,
  columns,
  rows,
  text,
  choose = 'none',
  ...rest
}: TableProps<T>) {
  const { selected, onChoose, onAction, sort, onSort, empty, virtual } = rest;
  const picks = choose === 'many';
  const table = (
    <AriaTable
      className="p-table"
      aria-label={label}
      selectionMode={choose === 'none' ? 'none' : choose === 'one' ? 'single' : 'multiple'}
      selectionBehavior={choose === 'none' ? 'toggle' : 'replace'}
      selectedKeys={selected}
      onSelectionChange={(keys) =>
        onChoose?.(keys === 'all' ? rows.map((row) => row.id) : [...keys].map(String))
      }
      onRowAction={onAction ? (key) => onAction(String(key)) : undefined}
      sortDescriptor={sort}
      onSortChange={(next) => onSort?.({ column: String(next.column), direction: next.direction })}
    >
      {Head({ columns, picks })}
      <TableBody items={rows} renderEmptyState={() => <div className="p-opts-none">{empty}</div>}>
        {(row) => (
          <Row id={row.id} className="p-table-row" textValue={text(row)}>
            {picks && (
              <Cell className="p-table-cell p-table-pickcell">
                <Picker />
              </Cell>
            )}
            {columns.map((column, place) => (
              <Cell
                key={column.id}
                className="p-table-cell"
                data-names={(column.names ?? place === 0) || undefined}
                data-numeric={column.numeric || undefined}
                data-wide-only={column.wideOnly || undefined}
              >
                {column.cell(row)}
              </Cell>
            ))}
          </Row>
        )}
      </TableBody>
    </AriaTable>
  );
  if (!virtual) return <InLocale>{table}</InLocale>;
  return (
    <InLocale>
      <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: rowPx, headingHeight: headPx }}>
        {table}
      </Virtualizer>
    </InLocale>
  );
}

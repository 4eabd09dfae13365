import type { DocumentBlock } from '@parvis/contract/doc-blocks';
import { Inlines } from './Inlines.tsx';
import type { ReadingContext } from './reading-context.ts';

/** A table with the widths, spans and headers that it was given; a wide one scrolls by itself. */
export function CellTable({ block, context }: { block: DocumentBlock; context: ReadingContext }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="read-table" id={block.id} tabIndex={0}>
      <table>
        <tbody>
          {(block.rows ?? []).map((cells, at) => (
            <tr key={at}>
              {cells.map((cell, column) => {
                const Tag = cell.header ? 'th' : 'td';
                return (
                  <Tag
                    key={column}
                    dir="auto"
                    {...(cell.header ? { scope: at === 0 ? ('col' as const) : ('row' as const) } : {})}
                    colSpan={cell.colspan}
                    rowSpan={cell.rowspan}
                  >
                    <Inlines content={cell.content} context={context} />
                  </Tag>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

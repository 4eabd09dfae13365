import type { Cell } from '@parvis/document/block';

/** One place of a row: a cell that begins here, or the goes-on of one from above. */
export interface Place {
  readonly cell: Cell;
  readonly column: number;
  readonly goesOn: boolean;
}

/** The places of a table row by row, with what cells of earlier rows still cover. */
export function placesOf(rows: readonly (readonly Cell[])[]): {
  readonly rows: Place[][];
  readonly width: number;
} {
  const covered = new Map<number, { cell: Cell; left: number }>();
  let width = 0;
  const made = rows.map((row) => {
    const places: Place[] = [];
    let column = 0;
    const skipCovered = () => {
      for (
        let above = covered.get(column);
        above !== undefined && above.left > 0;
        above = covered.get(column)
      ) {
        places.push({ cell: above.cell, column, goesOn: true });
        above.left -= 1;
        column += above.cell.colspan;
      }
    };
    for (const cell of row) {
      skipCovered();
      places.push({ cell, column, goesOn: false });
      covered.set(column, { cell, left: cell.rowspan - 1 });
      column += cell.colspan;
    }
    skipCovered();
    width = Math.max(width, column);
    return places;
  });
  return { rows: made, width };
}

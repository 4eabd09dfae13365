import * as Y from 'yjs';

/** Name of the Y.Map that holds what is drawn: one Y.Map per shape, by its id. A text has an empty one. */
export const boardName = 'board';

/** A board is a sheet of this size for everybody, whatever the screen; shapes are measured in its units. */
export const boardWidth = 1600;
export const boardHeight = 1000;

export const shapeKinds = ['pen', 'arrow', 'box', 'oval', 'text', 'note'] as const;
export type ShapeKind = (typeof shapeKinds)[number];
export const inks = ['ink', 'red', 'orange', 'green', 'blue', 'violet'] as const;
export type Ink = (typeof inks)[number];

/** Numbers of one line of the pen (two per point), and characters of one text. */
export const penNumbersMax = 8_000;
export const shapeTextLengthMax = 1_000;
/** Shapes that are shown of one board; what is more stays in it and is not drawn. */
export const boardShapesMax = 3_000;

/**
 * One thing on a board. `x`, `y` is where it begins; `w`, `h` reach from there (of an arrow to its point, where they
 * may be negative); `points` are those of the pen, two numbers each, from `x`, `y`. The highest `z` lies on top.
 */
export interface Shape {
  readonly id: string;
  readonly kind: ShapeKind;
  readonly ink: Ink;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly points: readonly number[];
  readonly text: string;
  readonly z: number;
}

/** As far as this may lie outside the sheet. */
const farMax = 10_000;
const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(-farMax, Math.min(farMax, value)) : 0;
const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined =>
  all.find((one) => one === value);

/** A shape as it is stored, or null for what this release cannot draw: it is left as it is, and never deleted. */
export function shapeOf(id: string, stored: unknown): Shape | null {
  if (!(stored instanceof Y.Map)) return null;
  const kind = oneOf(shapeKinds, stored.get('kind'));
  if (kind === undefined) return null;
  const points: unknown = stored.get('points');
  const text: unknown = stored.get('text');
  return {
    id,
    kind,
    ink: oneOf(inks, stored.get('ink')) ?? 'ink',
    x: numberOf(stored.get('x')),
    y: numberOf(stored.get('y')),
    w: numberOf(stored.get('w')),
    h: numberOf(stored.get('h')),
    points: points instanceof Y.Array ? points.toArray().slice(0, penNumbersMax).map(numberOf) : [],
    text: typeof text === 'string' ? text.slice(0, shapeTextLengthMax) : '',
    z: typeof stored.get('z') === 'number' ? (stored.get('z') as number) : 0,
  };
}

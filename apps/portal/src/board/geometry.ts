import type { Shape } from '@parvis/document/board';

/** How near one must press to a line, and how long the head of an arrow is, in units of the sheet. */
const nearMax = 12;
const headLength = 22;

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The points of a line that is pressed on: of the pen, of an arrow. */
function lineOf({ kind, x, y, w, h, points }: Shape): readonly number[] {
  return kind === 'pen' ? points.map((value, at) => value + (at % 2 === 0 ? x : y)) : [x, y, x + w, y + h];
}

/** The smallest upright box around a shape. */
export function boundsOf(shape: Shape): Bounds {
  const line =
    shape.kind === 'pen' ? lineOf(shape) : [shape.x, shape.y, shape.x + shape.w, shape.y + shape.h];
  const xs = line.filter((_, at) => at % 2 === 0);
  const ys = line.filter((_, at) => at % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return xs.length === 0
    ? { x: shape.x, y: shape.y, w: 0, h: 0 }
    : { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The way of the pen through its points, smooth; a single point is a dot. */
function strokeOf(line: readonly number[]): string {
  const at = (index: number) => [round(line[index] ?? 0), round(line[index + 1] ?? 0)] as const;
  if (line.length < 2) return '';
  let path = `M${at(0).join(' ')}`;
  for (let index = 2; index + 3 < line.length; index += 2) {
    const [x, y] = at(index);
    const [nextX, nextY] = at(index + 2);
    path += `Q${x} ${y} ${round((x + nextX) / 2)} ${round((y + nextY) / 2)}`;
  }
  return `${path}L${at(Math.max(0, line.length - 2 - (line.length % 2))).join(' ')}`;
}

function arrowOf({ x, y, w, h }: Shape): string {
  const turn = Math.atan2(h, w);
  const head = Math.min(headLength, Math.hypot(w, h));
  const end = [round(x + w), round(y + h)];
  const side = (by: number) =>
    [round(x + w - head * Math.cos(turn + by)), round(y + h - head * Math.sin(turn + by))].join(' ');
  return `M${round(x)} ${round(y)}L${end.join(' ')}M${side(0.5)}L${end.join(' ')}L${side(-0.5)}`;
}

/** The outline of a shape as the path of an SVG, the same on the screen and in a picture; empty for words. */
export function pathOf(shape: Shape): string {
  const { x, y, w, h } = boundsOf(shape);
  switch (shape.kind) {
    case 'pen':
      return strokeOf(lineOf(shape));
    case 'arrow':
      return arrowOf(shape);
    case 'box':
      return `M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}Z`;
    case 'oval': {
      const [rx, ry] = [round(w / 2), round(h / 2)];
      return `M${round(x)} ${round(y + h / 2)}a${rx} ${ry} 0 1 0 ${round(w)} 0a${rx} ${ry} 0 1 0 ${round(-w)} 0Z`;
    }
    default:
      return '';
  }
}

function distanceTo(
  px: number,
  py: number,
  [ax, ay, bx, by]: readonly [number, number, number, number],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx === 0 && dy === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

function isOn(shape: Shape, px: number, py: number): boolean {
  const { x, y, w, h } = boundsOf(shape);
  if (px < x - nearMax || px > x + w + nearMax || py < y - nearMax || py > y + h + nearMax) return false;
  if (shape.kind !== 'pen' && shape.kind !== 'arrow') return true;
  const line = lineOf(shape);
  for (let at = 0; at + 1 < line.length; at += 2) {
    const [ax = 0, ay = 0, bx = ax, by = ay] = line.slice(at, at + 4);
    if (distanceTo(px, py, [ax, ay, bx, by]) <= nearMax) return true;
  }
  return false;
}

/** The uppermost shape at a place of the sheet, or null. */
export function shapeAt(shapes: readonly Shape[], x: number, y: number): Shape | null {
  return shapes.findLast((shape) => isOn(shape, x, y)) ?? null;
}

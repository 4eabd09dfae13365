import type { ShapeKind } from '@parvis/document/board';
import {
  ArrowUpRight,
  Circle,
  Eraser,
  type LucideIcon,
  MousePointer2,
  Pencil,
  Square,
  StickyNote,
  Type,
} from 'lucide-react';

export type BoardTool = 'choose' | ShapeKind | 'erase';

/** In the order of the bar; the digit of its place takes a tool up. */
export const boardTools: readonly { readonly id: BoardTool; readonly icon: LucideIcon }[] = [
  { id: 'choose', icon: MousePointer2 },
  { id: 'pen', icon: Pencil },
  { id: 'arrow', icon: ArrowUpRight },
  { id: 'box', icon: Square },
  { id: 'oval', icon: Circle },
  { id: 'text', icon: Type },
  { id: 'note', icon: StickyNote },
  { id: 'erase', icon: Eraser },
];

/** Width and height of what is put down with a press alone, in units of the sheet. */
export const sizeAtFirst: Readonly<Record<ShapeKind, readonly [number, number]>> = {
  pen: [0, 0],
  arrow: [220, 0],
  box: [260, 160],
  oval: [260, 160],
  text: [360, 48],
  note: [240, 180],
};

export const holdsWords = (kind: ShapeKind | undefined): boolean => kind === 'text' || kind === 'note';

import { boardHeight, boardWidth, type Ink, type Shape } from '@parvis/document/board';
import type { KeyboardEvent } from 'react';
import type { Board } from './board.ts';
import { type BoardTool, boardTools, holdsWords, sizeAtFirst } from './tools.ts';

/** Units that an arrow key moves, and with Shift. */
const step = 10;
const leap = 50;

interface Asked {
  readonly board: Board;
  readonly tool: BoardTool;
  readonly ink: Ink;
  readonly chosen: Shape | null;
  readonly choose: (id: string | null) => void;
  readonly onTool: (tool: BoardTool) => void;
  readonly onMade: (id: string, words: boolean) => void;
  readonly onWrite: (id: string) => void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * All that a pointer does but free lines: digits take tools up, Enter puts a shape down in the middle or writes in the
 * chosen one, PageUp and PageDown choose, arrows move, Delete takes away.
 */
export function boardKeys(asked: Asked): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || event.altKey || !act(asked, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function act(asked: Asked, { key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  const { board, chosen } = asked;
  if (ctrlKey || metaKey) return again(board, key.toLowerCase(), shiftKey);
  const tool = boardTools[Number(key) - 1];
  if (tool !== undefined) {
    asked.onTool(tool.id);
    return true;
  }
  if (key === 'Enter') return enter(asked);
  if (key === 'PageDown' || key === 'PageUp') return turn(asked, key === 'PageDown' ? 1 : -1);
  if (chosen === null) return false;
  const to = arrows[key];
  if (to !== undefined) {
    const by = shiftKey ? leap : step;
    board.begin();
    board.change(chosen.id, { x: chosen.x + to[0] * by, y: chosen.y + to[1] * by });
    return true;
  }
  if (key === 'Delete' || key === 'Backspace') {
    board.begin();
    board.remove(chosen.id);
  } else if (key !== 'Escape') return false;
  asked.choose(null);
  return true;
}

function again(board: Board, key: string, shift: boolean): boolean {
  if (key !== 'z' && key !== 'y') return false;
  if (key === 'y' || shift) board.redo();
  else board.undo();
  return true;
}

function enter({ board, tool, ink, chosen, onMade, onWrite }: Asked): boolean {
  if (tool === 'choose') {
    if (chosen === null || !holdsWords(chosen.kind)) return false;
    onWrite(chosen.id);
    return true;
  }
  if (tool === 'pen' || tool === 'erase') return false;
  const [w, h] = sizeAtFirst[tool];
  board.begin();
  const place = { x: (boardWidth - w) / 2, y: (boardHeight - h) / 2 };
  onMade(board.add({ kind: tool, ink, ...place, w, h, points: [], text: '' }), holdsWords(tool));
  return true;
}

function turn({ board, chosen, choose }: Asked, by: 1 | -1): boolean {
  const shapes = board.shapes();
  if (shapes.length === 0) return false;
  const now = shapes.findIndex(({ id }) => id === chosen?.id);
  const from = now === -1 && by === -1 ? 0 : now;
  choose(shapes[(from + by + shapes.length) % shapes.length]?.id ?? null);
  return true;
}

'use client';
import { boardHeight, boardWidth, type Ink, type Shape } from '@parvis/document/board';
import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { Board } from './board.ts';
import { shapeAt } from './geometry.ts';
import { type BoardTool, holdsWords, sizeAtFirst } from './tools.ts';

/** Milliseconds after which a growing line goes to the others, and units between two of its points. */
const sendMs = 80;
const stepMin = 2;
/** What is drawn smaller than this was a press, and gets the size of its kind. */
const sizeMin = 10;
const shapeMin = 24;

/** A line of the pen that grows; the first `sent` of its numbers are with the others. */
type Line = { readonly t: 'pen'; readonly id: string; sent: number; sentAt: number; shape: Shape };
type Held = {
  readonly t: 'new' | 'move' | 'size';
  readonly from: Shape;
  readonly x: number;
  readonly y: number;
};
type Gesture = Line | Held | { readonly t: 'erase' };

interface Asked {
  readonly board: Board;
  readonly sheet: RefObject<HTMLElement | null>;
  readonly tool: BoardTool;
  readonly ink: Ink;
  readonly chosen: Shape | null;
  readonly choose: (id: string | null) => void;
  /** A new shape is there; of words they are written next. */
  readonly onMade: (id: string, words: boolean) => void;
}

const whole = (value: number) => Math.round(value * 10) / 10;

/** Where a pointer is on the sheet, in its units. */
function placeOf(sheet: HTMLElement | null, { clientX, clientY }: { clientX: number; clientY: number }) {
  const box = sheet?.getBoundingClientRect();
  if (box === undefined || box.width === 0) return [0, 0] as const;
  const x = ((clientX - box.left) / box.width) * boardWidth;
  const y = ((clientY - box.top) / box.height) * boardHeight;
  return [whole(x), whole(y)] as const;
}

function wipe(board: Board, x: number, y: number): void {
  const hit = shapeAt(board.shapes(), x, y);
  if (hit !== null) board.remove(hit.id);
}

/** What a press begins, with the tool that is taken up; null where it only chooses. */
function begun(
  { board, tool, ink, chosen, choose }: Asked,
  x: number,
  y: number,
  onHandle: boolean,
): Gesture | null {
  if (tool === 'erase') {
    wipe(board, x, y);
    return { t: 'erase' };
  }
  if (tool === 'choose') {
    if (onHandle && chosen !== null) return { t: 'size', from: chosen, x, y };
    const hit = shapeAt(board.shapes(), x, y);
    choose(hit?.id ?? null);
    return hit === null ? null : { t: 'move', from: hit, x, y };
  }
  const blank = { kind: tool, ink, x, y, w: 0, h: 0, points: tool === 'pen' ? [0, 0] : [], text: '' };
  if (tool !== 'pen') return { t: 'new', from: { ...blank, id: '', z: 0 }, x, y };
  const id = board.add(blank);
  return { t: 'pen', id, sent: 2, sentAt: 0, shape: { ...blank, id, z: Infinity } };
}

/** What the line has grown by goes to the others. */
function send(board: Board, now: Line, at: number): void {
  const more = now.shape.points.slice(now.sent);
  if (more.length > 0) board.extend(now.id, more);
  now.sent = now.shape.points.length;
  now.sentAt = at;
}

/** A line that goes on to here, unless it is there already. */
function grown({ shape }: Line, x: number, y: number): Shape {
  const { points } = shape;
  const [dx, dy] = [whole(x - shape.x), whole(y - shape.y)];
  if (Math.hypot(dx - (points.at(-2) ?? 0), dy - (points.at(-1) ?? 0)) < stepMin) return shape;
  return { ...shape, points: [...points, dx, dy] };
}

/** What was drawn, moved or pulled is written down. */
function end({ board, onMade }: Asked, now: Held, x: number, y: number): void {
  const { id, z: _, ...next } = changed(now, x, y);
  if (now.t !== 'new') return board.change(id, { x: next.x, y: next.y, w: next.w, h: next.h });
  const small = Math.abs(next.w) < sizeMin && Math.abs(next.h) < sizeMin;
  const [w, h] = small ? sizeAtFirst[next.kind] : [next.w, next.h];
  onMade(board.add({ ...next, w, h }), holdsWords(next.kind));
}

/** Drawing, moving and wiping with a pointer. What is on its way is drawn here alone, lines of the pen everywhere. */
export function useGestures(asked: Asked) {
  const { board, sheet } = asked;
  const gesture = useRef<Gesture | null>(null);
  const [draft, setDraft] = useState<Shape | null>(null);

  function down(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0 || gesture.current !== null) return;
    const onHandle = event.target instanceof Element && event.target.closest('[data-handle]') !== null;
    board.begin();
    const [x, y] = placeOf(sheet.current, event);
    gesture.current = begun(asked, x, y, onHandle);
    if (gesture.current !== null) event.currentTarget.setPointerCapture(event.pointerId);
  }
  function move(event: PointerEvent<HTMLElement>): void {
    const now = gesture.current;
    if (now === null) return;
    const [x, y] = placeOf(sheet.current, event);
    if (now.t === 'erase') return wipe(board, x, y);
    if (now.t !== 'pen') return setDraft(changed(now, x, y));
    // A fast hand makes more points than there are pictures of the screen.
    for (const one of event.nativeEvent.getCoalescedEvents?.() ?? [])
      now.shape = grown(now, ...placeOf(sheet.current, one));
    now.shape = grown(now, x, y);
    setDraft(now.shape);
    if (event.timeStamp - now.sentAt >= sendMs) send(board, now, event.timeStamp);
  }
  function up(event: PointerEvent<HTMLElement>): void {
    const now = gesture.current;
    gesture.current = null;
    setDraft(null);
    if (now === null || now.t === 'erase') return;
    if (now.t === 'pen') return send(board, now, event.timeStamp);
    end(asked, now, ...placeOf(sheet.current, event));
  }
  return { draft, down, move, up };
}

/** What a shape has become by a pointer that is now here. */
function changed(now: Held, x: number, y: number): Shape {
  const { from } = now;
  if (now.t === 'move') return { ...from, x: whole(from.x + x - now.x), y: whole(from.y + y - now.y) };
  const [w, h] = now.t === 'size' ? [from.w + x - now.x, from.h + y - now.y] : [x - now.x, y - now.y];
  if (from.kind === 'arrow') return { ...from, w: whole(w), h: whole(h) };
  if (now.t === 'size') return { ...from, w: whole(Math.max(shapeMin, w)), h: whole(Math.max(shapeMin, h)) };
  return {
    ...from,
    x: whole(Math.min(now.x, now.x + w)),
    y: whole(Math.min(now.y, now.y + h)),
    w: whole(Math.abs(w)),
    h: whole(Math.abs(h)),
  };
}

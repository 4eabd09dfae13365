'use client';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';

export interface SplitHandleProps {
  /** What is being resized. */
  label: string;
  /** Width in pixels, now. */
  value: number;
  min: number;
  max: number;
  /** Width to return to on a double press or Enter. */
  rest: number;
  onChange: (px: number) => void;
  /** The pane stands before (`start`) or after (`end`) the handle. */
  pane?: 'start' | 'end';
  /** Id of the pane. */
  controls?: string;
}

const stepPx = 16;

/** The edge between two panes: drag it, or arrows, Home, End, Enter. The caller keeps the width. */
export function SplitHandle({
  label,
  value,
  min,
  max,
  rest,
  onChange,
  pane = 'start',
  controls,
}: SplitHandleProps) {
  const held = useRef<{ x: number; width: number } | null>(null);
  const set = (px: number) => onChange(Math.round(Math.min(max, Math.max(min, px))));
  /** +1 when moving right makes the pane wider. */
  const sense = (node: Element) => {
    const toEnd = getComputedStyle(node).direction === 'rtl' ? -1 : 1;
    return pane === 'start' ? toEnd : -toEnd;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (arrow) set(value + arrow * stepPx * sense(event.currentTarget));
    else if (event.key === 'Home') set(min);
    else if (event.key === 'End') set(max);
    else if (event.key === 'Enter') set(rest);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (held.current) set(held.current.width + (event.clientX - held.current.x) * sense(event.currentTarget));
  };
  return (
    <div
      className="p-split-handle"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-controls={controls}
      onKeyDown={onKeyDown}
      onDoubleClick={() => set(rest)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { x: event.clientX, width: value };
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        held.current = null;
      }}
      onPointerCancel={() => {
        held.current = null;
      }}
    />
  );
}

export interface SplitViewProps {
  label: string;
  /** First width of the pane in pixels. */
  defaultWidth?: number;
  min?: number;
  max?: number;
  /** The pane of fixed width. */
  pane: ReactNode;
  side?: 'start' | 'end';
  onResize?: (px: number) => void;
  /** What takes the rest. */
  children: ReactNode;
}

/** Two panes and the edge between them. On a phone they follow one another. */
export function SplitView({
  label,
  defaultWidth = 264,
  min = 200,
  max = 480,
  pane,
  side = 'start',
  onResize,
  children,
}: SplitViewProps) {
  const [width, setWidth] = useState(defaultWidth);
  const handle = (
    <SplitHandle
      label={label}
      value={width}
      min={min}
      max={max}
      rest={defaultWidth}
      pane={side}
      onChange={(px) => {
        setWidth(px);
        onResize?.(px);
      }}
    />
  );
  const fixed = (
    <div className="p-split-pane" style={{ inlineSize: width }}>
      {pane}
    </div>
  );
  return (
    <div className="p-split">
      {side === 'start' && fixed}
      {side === 'start' && handle}
      <div className="p-split-rest">{children}</div>
      {side === 'end' && handle}
      {side === 'end' && fixed}
    </div>
  );
}

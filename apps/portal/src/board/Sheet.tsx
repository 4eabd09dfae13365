'use client';
import { boardHeight, boardWidth, type Shape, shapeTextLengthMax } from '@parvis/document/board';
import { useTranslations } from 'next-intl';
import { type CSSProperties, useEffect, useRef } from 'react';
import { boundsOf, pathOf } from './geometry.ts';
import { holdsWords } from './tools.ts';

/**
 * Where a shape stands on the sheet, in parts of it, from its left for everybody: whatever has a place here has no direction
 * of its own, and the words in it have theirs.
 */
function placeOf(shape: Shape, padding = 0): CSSProperties {
  const { x, y, w, h } = boundsOf(shape);
  const part = (value: number, of: number) => `${(value / of) * 100}%`;
  return {
    insetInlineStart: part(x - padding, boardWidth),
    insetBlockStart: part(y - padding, boardHeight),
    inlineSize: part(w + 2 * padding, boardWidth),
    blockSize: part(h + 2 * padding, boardHeight),
  };
}

/** Lines and outlines, the lowest first. */
export function Lines({ shapes }: { shapes: readonly Shape[] }) {
  return (
    <svg className="board-lines" viewBox={`0 0 ${boardWidth} ${boardHeight}`} aria-hidden="true">
      {shapes.map(
        (shape) =>
          !holdsWords(shape.kind) && (
            <path key={shape.id} d={pathOf(shape)} data-ink={shape.ink} data-shape={shape.kind} />
          ),
      )}
    </svg>
  );
}

/** Words stand over the lines, as text: they are read aloud, and found on the page. */
export function Words({ shape }: { shape: Shape }) {
  return (
    <div className="board-place" style={placeOf(shape)}>
      <p className="board-words" dir="auto" data-kind={shape.kind} data-ink={shape.ink}>
        {shape.text}
      </p>
    </div>
  );
}

/** The frame of what is chosen, with a corner to pull where its size can be another. */
export function Chosen({ shape }: { shape: Shape }) {
  return (
    <div className="board-chosen" style={placeOf(shape, 8)}>
      {shape.kind !== 'pen' && shape.kind !== 'arrow' && <span className="board-handle" data-handle="" />}
    </div>
  );
}

interface WritingProps {
  shape: Shape;
  onText: (text: string) => void;
  onEnd: () => void;
}

/** Words being written: each letter goes to the others at once, so that none is lost. Escape ends it. */
export function Writing({ shape, onText, onEnd }: WritingProps) {
  const t = useTranslations('board');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="board-place" style={placeOf(shape)}>
      <textarea
        ref={field}
        className="board-words"
        dir="auto"
        data-kind={shape.kind}
        data-ink={shape.ink}
        aria-label={t('words')}
        maxLength={shapeTextLengthMax}
        value={shape.text}
        onChange={(event) => onText(event.target.value)}
        onBlur={onEnd}
        onPointerDown={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onEnd();
        }}
      />
    </div>
  );
}

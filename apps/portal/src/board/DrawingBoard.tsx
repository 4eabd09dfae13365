'use client';
import './board.css';
import type { Ink, Shape } from '@parvis/document/board';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { Board } from './board.ts';
import { BoardBar, zooms } from './BoardBar.tsx';
import { savePicture } from './picture.ts';
import { Chosen, Lines, Words, Writing } from './Sheet.tsx';
import { type BoardTool, holdsWords } from './tools.ts';
import { useShapes } from './useBoard.ts';
import { boardKeys } from './board-keys.ts';
import { useGestures } from './useGestures.ts';

interface Props {
  board: Board;
  title: string;
  mayWrite: boolean;
}

/** What this person holds in the hand: a tool, an ink, what is chosen, the words that are being written. */
function useHand(board: Board, mayWrite: boolean) {
  const shapes = useShapes(board);
  const sheet = useRef<HTMLDivElement>(null);
  const [tool, setTool] = useState<BoardTool>(mayWrite ? 'pen' : 'choose');
  const [ink, setInk] = useState<Ink>('ink');
  const [chosenId, choose] = useState<string | null>(null);
  const [writing, setWriting] = useState<string | null>(null);
  const chosen = shapes.find(({ id }) => id === chosenId) ?? null;
  const written = shapes.find(({ id }) => id === writing) ?? null;
  return {
    board,
    shapes,
    sheet,
    tool,
    ink,
    chosen,
    written,
    choose,
    onTool: (next: BoardTool) => {
      setTool(next);
      if (next !== 'choose') choose(null);
    },
    onInk: (next: Ink) => {
      setInk(next);
      if (chosen === null) return;
      board.begin();
      board.change(chosen.id, { ink: next });
    },
    onMade: (id: string, words: boolean) => {
      setTool('choose');
      choose(id);
      if (words) setWriting(id);
    },
    onWrite: (id: string) => {
      board.begin();
      setWriting(id);
    },
    endWriting: () => {
      // Words that nobody wrote leave nothing behind.
      if (written !== null && written.text.trim() === '') board.remove(written.id);
      setWriting(null);
      sheet.current?.focus({ preventScroll: true });
    },
  };
}
type Hand = ReturnType<typeof useHand>;

/**
 * The board over everything, on the whole screen where the browser has that. The page is what fills the screen, for
 * what floats over the board (the inks, what is said in passing) is a part of the page.
 */
function useFull() {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const look = () => document.fullscreenElement === null && setOn(false);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  const turn = () => {
    setOn(!on);
    if (on && document.fullscreenElement === null) return;
    const to = on ? document.exitFullscreen?.() : document.documentElement.requestFullscreen?.();
    void to?.catch(() => undefined);
  };
  return { on, turn };
}

/** A sheet that several people draw on, and its tools. The sheet is as light by night as by day: inks are inks. */
export function DrawingBoard({ board, title, mayWrite }: Props) {
  const t = useTranslations('board');
  const hand = useHand(board, mayWrite);
  const full = useFull();
  const [zoom, setZoom] = useState(0);
  const { chosen, tool, ink, onTool, onInk } = hand;
  const onPicture = () =>
    void savePicture(hand.shapes, hand.sheet.current, title).catch(() =>
      toast(t('pictureFailed'), { tone: 'bad' }),
    );
  return (
    <div className="board" data-full={full.on || undefined} data-own-keys>
      <BoardBar
        {...{ board, mayWrite, tool, onTool, ink, onInk, zoom, onPicture }}
        onZoom={setZoom}
        full={full.on}
        onFull={full.turn}
      />
      <div className="board-room">
        <Paper hand={hand} title={title} mayWrite={mayWrite} times={zooms[zoom] ?? 1} />
      </div>
      <p className="p-sr" id="board-hint">
        {t('hint')}
      </p>
      <p className="p-sr" aria-live="polite">
        {chosen !== null && t('chosen', { kind: t(`tool.${chosen.kind}`), ink: t(`ink.${chosen.ink}`) })}
      </p>
    </div>
  );
}

/** The sheet itself; for readers it is only looked at. */
function Paper({ hand, title, mayWrite, times }: { hand: Hand; times: number } & Omit<Props, 'board'>) {
  const t = useTranslations('board');
  const { board, shapes, sheet, chosen, written, onWrite } = hand;
  const { draft, ...gestures } = useGestures(hand);
  const seen = withDraft(shapes, draft);
  const framed = chosen !== null && draft?.id === chosen.id ? draft : chosen;
  return (
    <div
      className="board-sheet"
      ref={sheet}
      dir="ltr"
      data-theme="light"
      data-tool={mayWrite ? hand.tool : 'look'}
      style={{ '--zoom': times } as CSSProperties}
      role="application"
      aria-label={t('sheet', { title })}
      aria-describedby={mayWrite ? 'board-hint' : undefined}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys of the board act here
      tabIndex={0}
      {...(mayWrite && {
        onKeyDown: boardKeys(hand),
        onPointerDown: gestures.down,
        onPointerMove: gestures.move,
        onPointerUp: gestures.up,
        onPointerCancel: gestures.up,
        onDoubleClick: () => chosen !== null && holdsWords(chosen.kind) && onWrite(chosen.id),
      })}
    >
      <Lines shapes={seen} />
      {seen.map(
        (shape) =>
          holdsWords(shape.kind) && shape.id !== written?.id && <Words key={shape.id} shape={shape} />,
      )}
      {framed !== null && written === null && <Chosen shape={framed} />}
      {written !== null && (
        <Writing
          key={written.id}
          shape={written}
          onText={(text) => board.change(written.id, { text })}
          onEnd={hand.endWriting}
        />
      )}
    </div>
  );
}

/** The shapes as they are seen here: with what is being drawn or moved in its place. */
function withDraft(shapes: readonly Shape[], draft: Shape | null): readonly Shape[] {
  if (draft === null) return shapes;
  const known = shapes.some(({ id }) => id === draft.id);
  return known ? shapes.map((one) => (one.id === draft.id ? draft : one)) : [...shapes, draft];
}

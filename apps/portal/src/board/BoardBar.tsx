'use client';
import { type Ink, inks } from '@parvis/document/board';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Popover } from '@parvis/ui/Popover';
import { Download, Maximize, Minimize, Redo2, Undo2, ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Board } from './board.ts';
import { type BoardTool, boardTools } from './tools.ts';
import { useSteps } from './useBoard.ts';

/** How many times larger than its place the sheet can be. */
export const zooms = [1, 1.5, 2, 3] as const;

interface Props {
  board: Board;
  mayWrite: boolean;
  tool: BoardTool;
  onTool: (tool: BoardTool) => void;
  ink: Ink;
  onInk: (ink: Ink) => void;
  /** Place in {@link zooms}. */
  zoom: number;
  onZoom: (zoom: number) => void;
  onPicture: () => void;
  /** Whether it covers everything. */
  full: boolean;
  onFull: () => void;
}

/** The tools of a board; for readers what concerns looking alone. */
export function BoardBar({ board, mayWrite, tool, onTool, ink, onInk, zoom, onZoom, full, ...acts }: Props) {
  const t = useTranslations('board');
  return (
    <div className="board-bar" role="toolbar" aria-label={t('tools')}>
      {mayWrite && (
        <>
          {boardTools.map(({ id, icon }, at) => (
            <IconButton
              key={id}
              label={t(`tool.${id}`)}
              shortcut={String(at + 1)}
              pressed={tool === id}
              tipAlign={at < 2 ? 'start' : 'center'}
              onClick={() => onTool(id)}
            >
              <Icon of={icon} size="s" />
            </IconButton>
          ))}
          <Inks ink={ink} onInk={onInk} />
          <Steps board={board} />
        </>
      )}
      <span className="board-bar-end">
        <IconButton label={t('smaller')} disabled={zoom === 0} onClick={() => onZoom(zoom - 1)}>
          <Icon of={ZoomOut} size="s" />
        </IconButton>
        <IconButton label={t('larger')} disabled={zoom === zooms.length - 1} onClick={() => onZoom(zoom + 1)}>
          <Icon of={ZoomIn} size="s" />
        </IconButton>
        <IconButton label={t('picture')} tipAlign="end" onClick={acts.onPicture}>
          <Icon of={Download} size="s" />
        </IconButton>
        <IconButton label={t('full')} pressed={full} tipAlign="end" onClick={acts.onFull}>
          <Icon of={full ? Minimize : Maximize} size="s" />
        </IconButton>
      </span>
    </div>
  );
}

function Steps({ board }: { board: Board }) {
  const t = useTranslations('board');
  const { undo, redo } = useSteps(board);
  return (
    <>
      <IconButton label={t('undo')} shortcut="Ctrl Z" disabled={!undo} onClick={board.undo}>
        <Icon of={Undo2} size="s" flip />
      </IconButton>
      <IconButton label={t('redo')} shortcut="Ctrl Y" disabled={!redo} onClick={board.redo}>
        <Icon of={Redo2} size="s" flip />
      </IconButton>
    </>
  );
}

function Inks({ ink, onInk }: Pick<Props, 'ink' | 'onInk'>) {
  const t = useTranslations('board');
  const label = t('inkNow', { ink: t(`ink.${ink}`) });
  return (
    <Popover
      label={t('inkTitle')}
      trigger={
        <IconButton label={label}>
          <span className="board-ink" data-ink={ink} />
        </IconButton>
      }
    >
      {(close) => (
        <div className="board-inks">
          {inks.map((one) => (
            <IconButton
              key={one}
              label={t(`ink.${one}`)}
              pressed={one === ink}
              onClick={() => {
                onInk(one);
                close();
              }}
            >
              <span className="board-ink" data-ink={one} />
            </IconButton>
          ))}
        </div>
      )}
    </Popover>
  );
}

'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type CSSProperties, type ReactNode, type RefObject, useLayoutEffect, useState } from 'react';
import { columnsFor } from './layout.ts';
import type { Piece } from './useTiles.ts';

/** How large a place is, in pixels, as it changes. */
export function useSize(place: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 960, height: 640 });
  useLayoutEffect(() => {
    const node = place.current;
    if (!node) return;
    const watch = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize({ width: Math.round(width), height: Math.round(height) });
    });
    watch.observe(node);
    return () => watch.disconnect();
  }, [place]);
  return size;
}

interface PagesProps {
  pieces: readonly Piece[];
  /** How many stand on one page. */
  page: number;
  size: { width: number; height: number };
  label: string;
  tile: (piece: Piece) => ReactNode;
}

/** Faces as large as the place lets them be; more than fit stand on further pages, whose pictures are not asked for. */
export function Grid({ pieces, page: perPage, size, label, tile }: PagesProps) {
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(pieces.length / perPage));
  const shown = Math.min(page, pages - 1);
  const here = pieces.slice(shown * perPage, (shown + 1) * perPage);
  const columns = columnsFor(here.length, size.width, size.height);
  return (
    <>
      <ul className="meet-grid" aria-label={label} style={{ '--columns': columns } as CSSProperties}>
        {here.map(tile)}
      </ul>
      {pages > 1 && <Pager page={shown} pages={pages} turn={setPage} />}
    </>
  );
}

function Pager({ page, pages, turn }: { page: number; pages: number; turn: (to: number) => void }) {
  const t = useTranslations('meetRoom');
  return (
    <nav className="meet-pager" aria-label={t('pages')}>
      <IconButton label={t('pageBefore')} tipSide="top" disabled={page === 0} onClick={() => turn(page - 1)}>
        <Icon of={ChevronLeft} flip />
      </IconButton>
      <span aria-live="polite">{t('page', { page: page + 1, pages })}</span>
      <IconButton
        label={t('pageAfter')}
        tipSide="top"
        disabled={page === pages - 1}
        onClick={() => turn(page + 1)}
      >
        <Icon of={ChevronRight} flip />
      </IconButton>
    </nav>
  );
}

interface SpeakerProps {
  main: Piece | undefined;
  others: readonly Piece[];
  label: string;
  tile: (piece: Piece, large: boolean) => ReactNode;
}

/** One large picture, and the others in a line that scrolls. */
export function SpeakerView({ main, others, label, tile }: SpeakerProps) {
  const t = useTranslations('meetRoom');
  return (
    <div className="meet-speaker">
      <ul className="meet-large" aria-label={t('large')}>
        {main && tile(main, true)}
      </ul>
      {others.length > 0 && (
        <ul className="meet-strip" aria-label={label}>
          {others.map((piece) => tile(piece, false))}
        </ul>
      )}
    </div>
  );
}

'use client';
import './tree.css';
import type { Page } from '@parvis/contract/doc-list';
import { Glyph } from '@parvis/ui/Glyph';
import { Icon } from '@parvis/ui/Icon';
import { Ellipsis, Star } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type CSSProperties, type DragEvent, useRef, useState } from 'react';
import { ThingIcon } from '../../shell/ThingIcon.tsx';
import { useMove } from './useMove.ts';
import { type Row, usePages } from './usePages.ts';
import { useTreeKeys } from './useTreeKeys.ts';

const PageMenu = dynamic(() => import('./PageMenu.tsx').then((part) => part.PageMenu), { ssr: false });

/** Lines that a long tree shows before it is asked for all. */
const linesShown = 15;
/** What is dragged: the id of a document, under a type of our own. */
const dragType = 'application/x-parvis-document';

interface Props {
  spaceId: string;
  /** Whether this person may put documents into the space itself. */
  mayEdit: boolean;
  label: string;
  known: Readonly<Record<string, readonly Page[]>>;
  current: string | undefined;
  /** Documents that the current one lies below. */
  above: readonly string[];
}

/** The documents of a space, pages below pages: arrows open and close, letters find, a line is moved by dragging. */
export function PageTree({ spaceId, mayEdit, label, known, current, above }: Props) {
  const t = useTranslations('docsTree');
  const { rows, open, toggle } = usePages(spaceId, known, above);
  const [all, setAll] = useState(false);
  const [menuOf, setMenuOf] = useState<Page | null>(null);
  const anchor = useRef<HTMLElement | null>(null);
  const drag = useDrag(spaceId, mayEdit);
  const cut = !all && rows.length > linesShown;
  const here = rows.findIndex(({ page }) => page.id === current);
  const shown = cut ? rows.slice(0, Math.max(linesShown, here + 1)) : rows;
  // Where nothing opens, nothing needs room for an arrow.
  const flat = rows.every(({ page }) => !page.hasPages);
  const keys = useTreeKeys(shown, open, toggle, current);
  function showMenu(page: Page, at: HTMLElement) {
    anchor.current = at;
    setMenuOf(page);
  }
  return (
    <>
      <ul
        role="tree"
        className="tree"
        data-flat={flat || undefined}
        aria-label={label}
        onKeyDown={keys.onKeyDown}
        {...drag.onList}
      >
        {shown.map((row) => (
          <Line
            key={`${row.parentId}/${row.page.id}`}
            row={row}
            current={row.page.id === current}
            open={open.has(row.page.id)}
            tabStop={keys.tabStop === row.page.id}
            target={drag.over === row.page.id}
            moreLabel={t('actionsOf', { title: row.page.title })}
            favouriteLabel={t('favourite')}
            onToggle={() => toggle(row.page.id)}
            onMenu={(at) => showMenu(row.page, at)}
            drag={drag.onLine(row.page)}
          />
        ))}
      </ul>
      {cut && shown.length < rows.length && (
        <button type="button" className="p-item tree-all" onClick={() => setAll(true)}>
          {t('showAll', { count: rows.length })}
        </button>
      )}
      {menuOf !== null && (
        <PageMenu key={menuOf.id} page={menuOf} anchor={anchor} onClose={() => setMenuOf(null)} />
      )}
    </>
  );
}

interface LineProps {
  row: Row;
  current: boolean;
  open: boolean;
  tabStop: boolean;
  target: boolean;
  moreLabel: string;
  favouriteLabel: string;
  onToggle: () => void;
  onMenu: (at: HTMLElement) => void;
  drag: object;
}

function Line({ row, current, open, tabStop, target, onToggle, onMenu, drag, ...words }: LineProps) {
  const { page, level, place, of } = row;
  const link = useRef<HTMLAnchorElement>(null);
  return (
    <li role="none" className="tree-line" data-target={target || undefined}>
      <Link
        ref={link}
        role="treeitem"
        className="p-item tree-link"
        href={`/docs/${page.id}`}
        aria-level={level}
        aria-posinset={place}
        aria-setsize={of}
        aria-expanded={page.hasPages ? open : undefined}
        aria-current={current ? 'page' : undefined}
        data-tree-id={page.id}
        tabIndex={tabStop ? 0 : -1}
        style={{ '--level': level - 1 } as CSSProperties}
        onContextMenu={(event) => {
          event.preventDefault();
          onMenu(event.currentTarget);
        }}
        {...drag}
      >
        <span
          className="tree-turn"
          aria-hidden="true"
          data-open={open || undefined}
          onClick={(event) => {
            if (!page.hasPages) return;
            event.preventDefault();
            event.stopPropagation();
            onToggle();
          }}
        >
          {page.hasPages && <Glyph name="forward" size="xs" flip />}
        </span>
        <ThingIcon kind="document" size="s" />
        <bdi className="p-cut p-grow">{page.title}</bdi>
        {page.favourite && (
          <span className="tree-star">
            <Icon of={Star} size="s" />
            <span className="p-sr">{words.favouriteLabel}</span>
          </span>
        )}
      </Link>
      {/* By keyboard the same menu opens from the line itself, with the menu key. */}
      <span aria-hidden="true" className="tree-more">
        <button
          type="button"
          tabIndex={-1}
          title={words.moreLabel}
          onClick={() => link.current && onMenu(link.current)}
        >
          <Icon of={Ellipsis} size="s" />
        </button>
      </span>
    </li>
  );
}

/** A line that is dragged goes below the line it is dropped on, or, on the list between them, right into the space. */
function useDrag(spaceId: string, mayEdit: boolean) {
  const move = useMove();
  const [over, setOver] = useState<string | null>(null);
  const takes = (event: DragEvent) => event.dataTransfer.types.includes(dragType);
  const drop = (event: DragEvent, parentId: string) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(null);
    const [id, from, title] = JSON.parse(event.dataTransfer.getData(dragType)) as [string, string, string];
    if (id !== parentId && from !== parentId) void move({ id, title, parentId: from }, parentId);
  };
  const accept = (event: DragEvent, id: string) => {
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(id);
  };
  return {
    over,
    onList: mayEdit
      ? {
          onDragOver: (event: DragEvent) => accept(event, spaceId),
          onDragLeave: () => setOver(null),
          onDrop: (event: DragEvent) => drop(event, spaceId),
          'data-target': over === spaceId || undefined,
        }
      : {},
    onLine: (page: Page) => ({
      draggable: page.abilities.edit,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData(dragType, JSON.stringify([page.id, page.parentId, page.title]));
        event.dataTransfer.effectAllowed = 'copyMove';
      },
      ...(page.abilities.edit
        ? {
            onDragOver: (event: DragEvent) => accept(event, page.id),
            onDrop: (event: DragEvent) => drop(event, page.id),
          }
        : {}),
    }),
  };
}

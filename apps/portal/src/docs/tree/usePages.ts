'use client';
import { call } from '@parvis/contract/call';
import { listPages, type Page } from '@parvis/contract/doc-list';
import { useCallback, useEffect, useState } from 'react';
import { useNotices } from './useNotices.ts';

interface Kept {
  readonly open: ReadonlySet<string>;
  /** Pages by what they lie in: the space, or a document. */
  readonly below: ReadonlyMap<string, readonly Page[]>;
}

/** What was open stays so while the person goes from page to page. */
const keptOf = new Map<string, Kept>();

/** Milliseconds that a page may take from the server: a list read here within them may be newer than the page's own. */
const pageMsMax = 10_000;
/** When each list was last read here, by what it lies in (milliseconds since the epoch). */
const readAtOf = new Map<string, number>();

/** A line of the tree that shows. */
export interface Row {
  readonly page: Page;
  readonly parentId: string;
  /** 1 right below the space. */
  readonly level: number;
  readonly place: number;
  readonly of: number;
}

function rowsOf({ open, below }: Kept, parentId: string, level: number): Row[] {
  const pages = below.get(parentId) ?? [];
  return pages.flatMap((page, at) => [
    { page, parentId, level, place: at + 1, of: pages.length },
    ...(open.has(page.id) ? rowsOf({ open, below }, page.id, level + 1) : []),
  ]);
}

/** The pages of a space as a tree: `known` comes with the page, the rest is asked for when a line is opened. */
export function usePages(
  spaceId: string,
  known: Readonly<Record<string, readonly Page[]>>,
  above: readonly string[],
) {
  const [kept, setKept] = useState<Kept>(() => {
    const before = keptOf.get(spaceId);
    return {
      open: new Set([...(before?.open ?? []), ...above]),
      below: new Map([...(before?.below ?? []), ...Object.entries(known)]),
    };
  });
  useEffect(() => {
    keptOf.set(spaceId, kept);
  }, [spaceId, kept]);
  const read = useCallback(async (id: string) => {
    const { pages } = await call(listPages, { id });
    readAtOf.set(id, Date.now());
    setKept((now) => ({ ...now, below: new Map(now.below).set(id, pages) }));
  }, []);
  // The page was asked for again, or another page of the space came.
  useEffect(() => {
    setKept((now) => ({
      open: new Set([...now.open, ...above]),
      below: new Map([...now.below, ...Object.entries(known)]),
    }));
    // What the page brings was read before it came, and may be older than what a notice brought meanwhile.
    const doubted = Object.keys(known).filter((id) => Date.now() - (readAtOf.get(id) ?? 0) < pageMsMax);
    for (const id of doubted) read(id).catch(() => undefined);
    // oxlint-disable-next-line react/exhaustive-deps -- what lies above comes anew with what is known
  }, [known]);
  const lists = [spaceId, ...[...kept.open].filter((id) => kept.below.has(id))];
  useNotices(lists, (changed) => {
    // What cannot be had now comes with the next notice, or with the next page.
    for (const id of changed) read(id).catch(() => undefined);
  });
  const toggle = useCallback(
    (id: string, to?: boolean) => {
      setKept((now) => {
        const open = new Set(now.open);
        if (to ?? !open.has(id)) open.add(id);
        else open.delete(id);
        return { ...now, open };
      });
      if (!kept.below.has(id)) read(id).catch(() => undefined);
    },
    [kept.below, read],
  );
  return { rows: rowsOf(kept, spaceId, 1), open: kept.open, toggle, read };
}

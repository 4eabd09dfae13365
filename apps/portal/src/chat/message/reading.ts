'use client';
import { useSyncExternalStore } from 'react';
import { type Block, isPlain, plain } from './tree.ts';

/** Texts read and kept; the oldest leave. */
const keptMax = 1_000;
const read = new Map<string, readonly Block[]>();
const listeners = new Set<() => void>();
let reader: ((body: string) => Block[]) | null = null;
let asked = false;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) {
    asked = true;
    import('./markdown.ts').then(
      ({ markdown }) => {
        reader = markdown;
        for (const one of [...listeners]) one();
      },
      () => {
        asked = false;
      },
    );
  }
  return () => listeners.delete(listener);
}

function keep(body: string, blocks: readonly Block[]): readonly Block[] {
  const [oldest] = read.keys();
  if (read.size >= keptMax && oldest !== undefined) read.delete(oldest);
  read.set(body, blocks);
  return blocks;
}

/** A text, read; as it was typed for as long as the reader of Markdown is on its way. */
export function blocksOf(body: string): readonly Block[] {
  const known = read.get(body);
  if (known !== undefined) return known;
  if (isPlain(body)) return keep(body, plain(body));
  return reader === null ? plain(body) : keep(body, reader(body));
}

/**
 * The blocks of a message's text. `given` are those that the server has read, for the first picture of the page: it shows
 * the text as it will stay, without the reader of Markdown among the page's first files.
 */
export function useBlocks(body: string, given?: readonly Block[]): readonly Block[] {
  const ready = useSyncExternalStore(
    subscribe,
    () => reader !== null,
    () => false,
  );
  return ready || given === undefined ? blocksOf(body) : given;
}

import type { Block, Cell, Mark, TextRun, Values } from './block.ts';
import { updateOf } from './write-blocks.ts';

/** A stretch of text with its styles. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly link?: string;
}

interface WithChildren {
  readonly text: string | readonly Run[];
  readonly children?: readonly SimpleBlock[];
}

/** The blocks that most texts are made of, in few words: for demonstrations, templates and tests. */
export type SimpleBlock = WithChildren &
  (
    | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 }
    | { readonly kind: 'paragraph' | 'bullet' | 'numbered' | 'quote' }
    | { readonly kind: 'check'; readonly checked: boolean }
    /** By whom (a person's uuid) and until when ('YYYY-MM-DD'). */
    | { readonly kind: 'task'; readonly checked: boolean; readonly assignee?: string; readonly due?: string }
    | { readonly kind: 'callout'; readonly tone: 'info' | 'success' | 'warning' | 'danger' }
    /** The text is TeX. */
    | { readonly kind: 'formula' }
    /** The text is not shown; the first row names the columns. */
    | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  );

const types = {
  heading: 'heading',
  paragraph: 'paragraph',
  bullet: 'bulletListItem',
  numbered: 'numberedListItem',
  quote: 'quote',
  check: 'checkListItem',
  task: 'task',
  callout: 'callout',
  formula: 'formula',
  table: 'table',
} as const;

function propsOf(block: SimpleBlock): Values {
  switch (block.kind) {
    case 'heading':
      return { level: block.level };
    case 'check':
      return { checked: block.checked };
    case 'task':
      return { checked: block.checked, assignee: block.assignee ?? '', due: block.due ?? '' };
    case 'callout':
      return { tone: block.tone };
    case 'formula':
      return { tex: typeof block.text === 'string' ? block.text : '' };
    default:
      return {};
  }
}

function cellsOf(rows: readonly (readonly string[])[]): Cell[][] {
  return rows.map((row, line) =>
    row.map((text) => ({ header: line === 0, colspan: 1, rowspan: 1, props: {}, content: runsOf(text) })),
  );
}

function runsOf(text: string | readonly Run[]): TextRun[] {
  const given = typeof text === 'string' ? [{ text }] : text;
  return given.map((run: Run) => {
    const marks: Mark[] = [];
    if (run.bold) marks.push({ name: 'bold', attributes: {} });
    if (run.italic) marks.push({ name: 'italic', attributes: {} });
    if (run.link) marks.push({ name: 'link', attributes: { href: run.link } });
    return { type: 'text', text: run.text, marks };
  });
}

/** The same as plain blocks. `nextId` gives each its id, in the order of reading. */
export function blocksFrom(simple: readonly SimpleBlock[], nextId: () => string): Block[] {
  return simple.map((block) => ({
    id: nextId(),
    type: types[block.kind],
    props: propsOf(block),
    content: block.kind === 'formula' || block.kind === 'table' ? [] : runsOf(block.text),
    ...(block.kind === 'table' ? { rows: cellsOf(block.rows) } : {}),
    children: blocksFrom(block.children ?? [], nextId),
  }));
}

/**
 * The Yjs update (v1) of a new document with these blocks. The same blocks give the same bytes, so that content
 * which is written twice by mistake is still there once. To be made once, on the server, with the document.
 */
export function firstUpdate(blocks: readonly SimpleBlock[]): Uint8Array {
  let serial = 0;
  // An editor that opens an empty document gives its one block this id: the same for all, so nothing is doubled.
  return updateOf(blocksFrom(blocks, () => (serial++ === 0 ? 'initialBlockId' : `first-${serial}`)));
}

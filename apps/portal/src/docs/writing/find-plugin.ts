import { createExtension } from '@blocknote/core';
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { yUndoPluginKey } from 'y-prosemirror';
import { type Found, replacementOf, type Search, searchFor, type SearchWish } from './search-text.ts';

/** Marks drawn around the one that is looked at, to each side: the rest is counted and not drawn. */
const drawnMax = 400;

interface Place {
  readonly from: number;
  readonly to: number;
}
/** What is looked for in the document, and where it was found. */
export interface Finding {
  readonly wish: SearchWish | null;
  readonly places: readonly Place[];
  /** Which of them is looked at, from 0; -1 when there is none. */
  readonly at: number;
  readonly marks: DecorationSet;
}

const nothing: Finding = { wish: null, places: [], at: -1, marks: DecorationSet.empty };
export const findKey = new PluginKey<Finding>('parvisFind');

/** A block's text with one character for each position, so that a place in it is a place in the document. */
const textOf = (block: Node) => block.textBetween(0, block.content.size, '\ufffc', '\ufffc');

/** What a search found in each block, for as long as the block lives: at a key only the block that changed is read. */
const read = new WeakMap<SearchWish, WeakMap<Node, Found[]>>();

function placesIn(doc: Node, wish: SearchWish, search: Search): Place[] {
  const known = read.get(wish) ?? new WeakMap<Node, Found[]>();
  read.set(wish, known);
  const places: Place[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    let found = known.get(node);
    if (found === undefined) {
      found = search(textOf(node));
      known.set(node, found);
    }
    for (const [from, to] of found) places.push({ from: position + 1 + from, to: position + 1 + to });
    return false;
  });
  return places;
}

function marked(doc: Node, places: readonly Place[], at: number): DecorationSet {
  const first = Math.max(0, at - drawnMax);
  return DecorationSet.create(
    doc,
    places.slice(first, Math.max(0, at) + drawnMax).map(({ from, to }, index) =>
      Decoration.inline(from, to, {
        class: first + index === at ? 'docs-found docs-found-now' : 'docs-found',
      }),
    ),
  );
}

/** Finds again; `near` is the position from which the next match is the one that is looked at. */
function found(doc: Node, wish: SearchWish | null, near: number): Finding {
  const search = wish === null ? null : searchFor(wish);
  if (wish === null || search === null) return { ...nothing, wish };
  const places = placesIn(doc, wish, search);
  const next = places.findIndex(({ to }) => to > near);
  const at = places.length === 0 ? -1 : Math.max(0, next);
  return { wish, places, at, marks: marked(doc, places, at) };
}

type Ask = { readonly wish: SearchWish | null } | { readonly at: number };

/** Marks what is looked for, and keeps the marks true while anybody writes. */
export const findInText = createExtension({
  key: 'parvisFind',
  prosemirrorPlugins: [
    new Plugin<Finding>({
      key: findKey,
      state: {
        init: () => nothing,
        apply(transaction, before) {
          const ask = transaction.getMeta(findKey) as Ask | undefined;
          if (ask !== undefined && 'wish' in ask)
            return ask.wish === null ? nothing : found(transaction.doc, ask.wish, transaction.selection.from);
          if (ask !== undefined)
            return { ...before, at: ask.at, marks: marked(transaction.doc, before.places, ask.at) };
          if (before.wish === null || !transaction.docChanged) return before;
          const near = before.places[before.at]?.from ?? 0;
          return found(transaction.doc, before.wish, transaction.mapping.map(near));
        },
      },
      props: { decorations: (state) => findKey.getState(state)?.marks },
    }),
  ],
});

const findingOf = (state: EditorState) => findKey.getState(state) ?? nothing;

/** Looks for something else, or for nothing. */
export function find(view: EditorView, wish: SearchWish | null): void {
  view.dispatch(view.state.tr.setMeta(findKey, { wish } satisfies Ask));
}

/** Goes to the next match or the one before, round the end, and shows it. */
export function step(view: EditorView, by: 1 | -1): void {
  const { places, at } = findingOf(view.state);
  if (places.length === 0) return;
  const next = (at + by + places.length) % places.length;
  view.dispatch(view.state.tr.setMeta(findKey, { at: next } satisfies Ask));
  show(view);
}

/** Brings the match that is looked at into sight. */
export function show(view: EditorView): void {
  const { places, at } = findingOf(view.state);
  const place = places[at];
  if (place === undefined) return;
  const { node } = view.domAtPos(place.from);
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
}

/** Makes of the match that is looked at the selection, as one leaves the search. */
export function selectMatch(view: EditorView): void {
  const { places, at } = findingOf(view.state);
  const place = places[at];
  const { tr, doc } = view.state;
  if (place !== undefined) view.dispatch(tr.setSelection(TextSelection.create(doc, place.from, place.to)));
}

/** Replaces matches as one step of undo, the last ones first so that the others keep their places. */
function replace(view: EditorView, places: readonly Place[], wish: SearchWish, by: string): void {
  const { state } = view;
  const { tr } = state;
  const stop = () =>
    (
      yUndoPluginKey.getState(state) as { undoManager?: { stopCapturing(): void } } | undefined
    )?.undoManager?.stopCapturing();
  for (const { from, to } of [...places].reverse()) {
    const words = replacementOf(wish, state.doc.textBetween(from, to), by);
    if (words === '') tr.delete(from, to);
    else tr.insertText(words, from, to);
  }
  stop();
  view.dispatch(tr);
  stop();
}

export function replaceOne(view: EditorView, by: string): void {
  const { places, at, wish } = findingOf(view.state);
  const place = places[at];
  if (place === undefined || wish === null) return;
  replace(view, [place], wish, by);
  // What was put there may itself be a match: the next one is after it.
  const { places: now } = findingOf(view.state);
  const end = place.from + replacementOf(wish, '', by).length;
  const next = now.findIndex(({ from }) => from >= end);
  if (now.length > 0) view.dispatch(view.state.tr.setMeta(findKey, { at: Math.max(0, next) } satisfies Ask));
  show(view);
}

/** @returns how many were replaced */
export function replaceAll(view: EditorView, by: string): number {
  const { places, wish } = findingOf(view.state);
  if (places.length === 0 || wish === null) return 0;
  replace(view, places, wish, by);
  return places.length;
}

import { createExtension, type ExtensionOptions } from '@blocknote/core';
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { holding } from '../editor/holding.ts';
import type { CommentBook } from './book.ts';

interface Shown {
  readonly open: ReadonlySet<string>;
  readonly chosen: string | null;
}
interface Held extends Shown {
  readonly decorations: DecorationSet;
}

const key = new PluginKey<Held>('parvis-comments');

const threadsAt = (node: Node): string[] =>
  node.marks.flatMap((mark) => (mark.type.name === 'comment' ? String(mark.attrs.threadId) : []));

const isCommented = holding((node) => node.marks.some(({ type }) => type.name === 'comment'));

/** Where each conversation begins in the text; those whose text is gone are not there. */
export function placesIn(doc: Node): Map<string, number> {
  const places = new Map<string, number>();
  doc.descendants((node, pos) => {
    for (const id of threadsAt(node)) if (!places.has(id)) places.set(id, pos);
  });
  return places;
}

/** Only open conversations are seen in the text: the mark of a resolved one stays, for the day it is reopened. */
function decorate(doc: Node, { open, chosen }: Shown): DecorationSet {
  const found: Decoration[] = [];
  doc.descendants((node, pos) => {
    if (!isCommented(node)) return false;
    const ids = threadsAt(node).filter((id) => open.has(id) || id === chosen);
    if (ids.length === 0) return true;
    const isChosen = chosen !== null && ids.includes(chosen);
    found.push(
      Decoration.inline(pos, pos + node.nodeSize, {
        class: isChosen ? 'docs-commented docs-commented-chosen' : 'docs-commented',
      }),
    );
    return true;
  });
  return found.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, found);
}

function shownOf(book: CommentBook): Shown {
  const { threads, chosen } = book.now();
  return { open: new Set(threads.filter(({ resolved }) => resolved === null).map(({ id }) => id)), chosen };
}

/** The conversation at a place: the innermost open one. */
function threadAt(state: EditorState, pos: number): string | null {
  const held = key.getState(state);
  const { nodeBefore, nodeAfter } = state.doc.resolve(pos);
  for (const node of [nodeAfter, nodeBefore]) {
    const found = node && threadsAt(node).find((id) => held?.open.has(id));
    if (found) return found;
  }
  return null;
}

/** Shows in the text what is commented on; a press there chooses the conversation. */
export const commentMarks = createExtension(({ options }: ExtensionOptions<{ book: CommentBook }>) => ({
  key: 'parvisComments',
  prosemirrorPlugins: [
    new Plugin<Held>({
      key,
      state: {
        init: (_, { doc }) => {
          const shown = shownOf(options.book);
          return { ...shown, decorations: decorate(doc, shown) };
        },
        apply: (tr, held) => {
          const shown = (tr.getMeta(key) as Shown | undefined) ?? held;
          if (!tr.docChanged && shown === held) return held;
          const none = shown.open.size === 0 && shown.chosen === null;
          return { ...shown, decorations: none ? DecorationSet.empty : decorate(tr.doc, shown) };
        },
      },
      props: {
        decorations: (state) => key.getState(state)?.decorations,
        handleClick: (view, pos) => {
          options.book.choose(threadAt(view.state, pos));
          return false;
        },
      },
      view: (view) => {
        const tell = () => {
          if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, shownOf(options.book)));
        };
        return { destroy: options.book.subscribe(tell) };
      },
    }),
  ],
}));

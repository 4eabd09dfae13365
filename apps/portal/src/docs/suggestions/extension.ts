import { createExtension, type ExtensionOptions } from '@blocknote/core';
import { hueOf } from '@parvis/ui/format';
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { holding } from '../editor/holding.ts';
import { names } from './names.ts';
import { suggesting } from './plugin.ts';
import { acts, blocksIn, markNames, suggestedOf, type Tag, tagOf } from './tag.ts';

export type Told = 'insertedBy' | 'deletedBy' | 'changedBy';
export interface SuggestionWords {
  /** Says by whom and when something is suggested. */
  readonly tell: (what: Told, person: string, at: number) => string;
  readonly onRefused: () => void;
}

const key = new PluginKey<DecorationSet>('parvis-suggested');
const toldOf = {
  insertion: 'insertedBy',
  deletion: 'deletedBy',
  modification: 'changedBy',
  insert: 'insertedBy',
  split: 'insertedBy',
  delete: 'deletedBy',
  join: 'deletedBy',
  change: 'changedBy',
} as const;

/** By whom and when, for the eye that hovers and for a screen reader; the colour is the person's. */
function attributesOf(
  kind: keyof typeof toldOf,
  tag: Tag,
  { tell }: SuggestionWords,
): Record<string, string> {
  const words = tell(toldOf[kind], tag.person, tag.at);
  return {
    class: `docs-suggested docs-suggested-${kind}`,
    style: `--who: var(--p${hueOf(tag.person)})`,
    title: words,
    'aria-description': words,
  };
}

const isSuggested = holding(
  ({ attrs, marks }) =>
    (attrs.suggested ?? null) !== null ||
    marks.some(({ type }) => markNames.some((name) => name === type.name)),
);

function decorate(doc: Node, words: SuggestionWords): DecorationSet {
  if (!isSuggested(doc)) return DecorationSet.empty;
  const found: Decoration[] = [];
  for (const { container, content, pos } of blocksIn(doc)) {
    if (!isSuggested(container)) continue;
    const suggested = suggestedOf(container);
    for (const act of acts) {
      const tag = suggested[act];
      if (tag) found.push(Decoration.node(pos, pos + container.nodeSize, attributesOf(act, tag, words)));
    }
    content.descendants((node, offset) => {
      if (!node.isInline) return true;
      for (const mark of node.marks) {
        const kind = markNames.find((name) => name === mark.type.name);
        const from = pos + 2 + offset;
        if (kind)
          found.push(Decoration.inline(from, from + node.nodeSize, attributesOf(kind, tagOf(mark), words)));
      }
      return false;
    });
  }
  return found.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, found);
}

/** Suggestions in the editor: made while the mode says so, and always shown with who and when. */
export const suggestions = createExtension(({ options }: ExtensionOptions<SuggestionWords>) => ({
  key: 'parvisSuggestions',
  prosemirrorPlugins: [
    suggesting(options.onRefused),
    new Plugin<DecorationSet>({
      key,
      state: {
        init: (_, { doc }) => decorate(doc, options),
        apply: (tr, set) =>
          tr.docChanged || tr.getMeta(key) !== undefined ? decorate(tr.doc, options) : set,
      },
      props: { decorations: (state) => key.getState(state) },
      view: (view) => ({
        destroy: names.subscribe(() => {
          if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, true));
        }),
      }),
    }),
  ],
}));

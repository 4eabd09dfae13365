import { createExtension } from '@blocknote/core';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { DocumentEditor } from '../editor/document-editor.ts';

/** How far the files of blocks have come, from 0 to 1, by the id of the block. */
type Shares = ReadonlyMap<string, number>;
const key = new PluginKey<Shares>('parvisSending');

/** Shows in a block how far its file has come; a share of null means that it is on its way no more. */
export function markSending(editor: DocumentEditor, blockId: string, share: number | null): void {
  const view = editor.prosemirrorView;
  if (view === undefined || view.isDestroyed) return;
  const next = new Map(key.getState(view.state));
  if (share === null) next.delete(blockId);
  else next.set(blockId, share);
  view.dispatch(view.state.tr.setMeta(key, next).setMeta('addToHistory', false));
}

/** Draws the progress of files into their blocks: only on the screen of who sends them. */
export const sendingMarks = createExtension({
  key: 'parvisSending',
  prosemirrorPlugins: [
    new Plugin<Shares>({
      key,
      state: {
        init: () => new Map<string, number>(),
        apply: (transaction, shares) => (transaction.getMeta(key) as Shares | undefined) ?? shares,
      },
      props: {
        decorations(state) {
          const shares = key.getState(state);
          if (shares === undefined || shares.size === 0) return null;
          const marks: Decoration[] = [];
          state.doc.descendants((node, position) => {
            const share = shares.get(String(node.attrs.id ?? ''));
            if (share === undefined) return !node.isTextblock;
            const percent = String(Math.round(share * 100));
            marks.push(
              Decoration.node(position, position + node.nodeSize, {
                'data-sending': percent,
                style: `--sent: ${percent}%`,
              }),
            );
            return false;
          });
          return DecorationSet.create(state.doc, marks);
        },
      },
    }),
  ],
});

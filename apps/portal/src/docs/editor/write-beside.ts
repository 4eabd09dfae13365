import { createExtension } from '@blocknote/core';
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** What a key writes: a sign, or the first half of one (a dead accent, an input method). */
function writes(event: KeyboardEvent): boolean {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph');
  return !isCommand && (event.key.length === 1 || event.key === 'Dead' || event.key === 'Process');
}

/**
 * Where the caret already stands on the screen, when the person has left the picture by a key of the browser's own
 * (End, Ctrl+End) and the editor has not been told yet: browsers tell of a moved caret a moment later.
 */
function caretOnScreen(view: EditorView): number | null {
  const shown = view.root instanceof Document ? view.root.getSelection() : null;
  const { anchorNode, anchorOffset, isCollapsed } = shown ?? {};
  if (!isCollapsed || !anchorNode || anchorOffset === undefined || !view.dom.contains(anchorNode))
    return null;
  const position = view.posAtDOM(anchorNode, anchorOffset);
  return view.state.doc.resolve(position).parent.inlineContent ? position : null;
}

/** Puts an empty line at this place between two blocks, and the caret into it. */
function lineAt({ state, dispatch }: EditorView, place: number): void {
  const paragraph = state.schema.nodes.paragraph;
  if (paragraph === undefined) return;
  const change = state.tr.insert(place, paragraph.createChecked());
  dispatch(change.setSelection(TextSelection.near(change.doc.resolve(place + 1))).scrollIntoView());
}

/** Whether the caret cannot go further down in its block: the last row of a table, the last line of a code, a picture. */
function atBottom(view: EditorView): boolean {
  const { selection } = view.state;
  if ('node' in selection) return true;
  if (!selection.empty || !view.endOfTextblock('down')) return false;
  const { $head } = selection;
  if ($head.parent.type.spec.code === true) return true;
  const depth = Array.from({ length: $head.depth }, (_, at) => at).find(
    (at) => $head.node(at).type.name === 'table',
  );
  return depth !== undefined && $head.index(depth) === $head.node(depth).childCount - 1;
}

/** The end of the document when the caret is in its last block at the top level and can go no further there, or null. */
function belowTheLast(view: EditorView): number | null {
  const { $head } = view.state.selection;
  const group = view.state.doc.firstChild;
  if (group === null || $head.depth < 1 || $head.index(1) !== group.childCount - 1) return null;
  // What lies in the last block, below its own content, is left by going down.
  const own = $head.depth < 3 || $head.index(2) === $head.node(2).childCount - 1;
  return own && atBottom(view) ? $head.end(1) : null;
}

/**
 * What is typed while a block without text (a picture, a divider) is selected is written into a new line below it. The
 * editor alone would throw the keys away, so as not to put them in the place of the picture. And the arrow goes on
 * below a table, a code or a picture that is the last of the document: there is a new line.
 */
export const writeBeside = createExtension({
  key: 'parvisWriteBeside',
  runsBefore: ['nodeSelectionKeyboard'],
  prosemirrorPlugins: [
    new Plugin({
      key: new PluginKey('parvisWriteBeside'),
      props: {
        handleKeyDown(view, event) {
          if (!view.editable) return false;
          if (
            event.key === 'ArrowDown' &&
            !event.shiftKey &&
            !event.altKey &&
            !event.ctrlKey &&
            !event.metaKey
          ) {
            const below = belowTheLast(view);
            if (below !== null) lineAt(view, below);
            return below !== null;
          }
          if (!('node' in view.state.selection) || !writes(event)) return false;
          const caret = caretOnScreen(view);
          if (caret === null) lineAt(view, view.state.selection.$to.after());
          else view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, caret)));
          // The key itself is written by the browser.
          return false;
        },
      },
    }),
  ],
});

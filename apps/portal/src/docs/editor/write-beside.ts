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

/** Puts an empty line below the selected block, and the caret into it. */
function lineBelow({ state, dispatch }: EditorView): void {
  const after = state.selection.$to.after();
  const paragraph = state.schema.nodes.paragraph;
  if (paragraph === undefined) return;
  const change = state.tr.insert(after, paragraph.createChecked());
  dispatch(change.setSelection(TextSelection.near(change.doc.resolve(after + 1))).scrollIntoView());
}

/**
 * What is typed while a block without text (a picture, a divider) is selected is written into a new line below it. The
 * editor alone would throw the keys away, so as not to put them in the place of the picture.
 */
export const writeBeside = createExtension({
  key: 'parvisWriteBeside',
  runsBefore: ['nodeSelectionKeyboard'],
  prosemirrorPlugins: [
    new Plugin({
      key: new PluginKey('parvisWriteBeside'),
      props: {
        handleKeyDown(view, event) {
          if (!view.editable || !('node' in view.state.selection) || !writes(event)) return false;
          const caret = caretOnScreen(view);
          if (caret === null) lineBelow(view);
          else view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, caret)));
          // The key itself is written by the browser.
          return false;
        },
      },
    }),
  ],
});

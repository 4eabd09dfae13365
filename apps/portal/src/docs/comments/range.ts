import type { EditorView } from 'prosemirror-view';
import { absolutePositionToRelativePosition, ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import type { Range } from './book.ts';

interface Binding {
  readonly type: Y.XmlFragment;
  readonly mapping: Map<Y.AbstractType<unknown>, unknown>;
}

/** What is selected in the text now, where a person who may only comment selects without an editor's selection. */
export function selectedRange(view: EditorView): Range | null {
  const selection = window.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (!view.dom.contains(startContainer) || !view.dom.contains(endContainer)) return null;
  const binding = (ySyncPluginKey.getState(view.state) as { binding?: Binding } | undefined)?.binding;
  if (!binding) return null;
  try {
    const [from, to] = [view.posAtDOM(startContainer, startOffset), view.posAtDOM(endContainer, endOffset)];
    const quote = view.state.doc.textBetween(from, to, '\n', ' ').trim();
    if (quote === '') return null;
    const place = (pos: number) => {
      const relative: unknown = absolutePositionToRelativePosition(
        pos,
        binding.type,
        binding.mapping as never,
      );
      return base64(Y.encodeRelativePosition(relative as Y.RelativePosition));
    };
    return { start: place(from), end: place(to), quote };
  } catch {
    // The selection ends outside of the text: there is nothing to comment on.
    return null;
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

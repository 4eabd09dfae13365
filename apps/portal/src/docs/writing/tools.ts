import type { IconShape } from '@parvis/ui/Icon';
import {
  Bold,
  CodeXml,
  Italic,
  List,
  ListChecks,
  ListOrdered,
  Quote,
  Strikethrough,
  Underline,
} from 'lucide-react';
import type { EditorState } from 'prosemirror-state';
import { yUndoPluginKey } from 'y-prosemirror';
import type { DocumentEditor } from '../editor/document-editor.ts';

/** What a line may be turned into with the tools: the editor's name of the block, and its level. */
export const lineKinds = [
  { id: 'paragraph', type: 'paragraph', props: {} },
  { id: 'heading1', type: 'heading', props: { level: 1 } },
  { id: 'heading2', type: 'heading', props: { level: 2 } },
  { id: 'heading3', type: 'heading', props: { level: 3 } },
  { id: 'codeBlock', type: 'codeBlock', props: {} },
] as const;

export const marks: readonly {
  id: 'bold' | 'italic' | 'underline' | 'strike' | 'code';
  icon: IconShape;
  keys: string;
}[] = [
  { id: 'bold', icon: Bold, keys: 'Ctrl B' },
  { id: 'italic', icon: Italic, keys: 'Ctrl I' },
  { id: 'underline', icon: Underline, keys: 'Ctrl U' },
  { id: 'strike', icon: Strikethrough, keys: 'Ctrl Shift S' },
  { id: 'code', icon: CodeXml, keys: 'Ctrl E' },
];

export const lists: readonly {
  id: 'bulletListItem' | 'numberedListItem' | 'checkListItem' | 'quote';
  icon: IconShape;
}[] = [
  { id: 'bulletListItem', icon: List },
  { id: 'numberedListItem', icon: ListOrdered },
  { id: 'checkListItem', icon: ListChecks },
  { id: 'quote', icon: Quote },
];

/** What the tools show of the place where the cursor is, as one line, so that they are drawn again only when it changes. */
export function toolState(state: EditorState): string {
  const { $from, empty } = state.selection;
  const { name } = $from.parent.type;
  const line = name === 'heading' ? `heading${String($from.parent.attrs.level)}` : name;
  // Of a selection, what its first character carries.
  const at = empty ? $from : state.doc.resolve(Math.min($from.pos + 1, state.doc.content.size));
  const here = (empty ? state.storedMarks : null) ?? at.marks();
  const undo = yUndoPluginKey.getState(state) as { hasUndoOps?: boolean; hasRedoOps?: boolean } | undefined;
  const can = [undo?.hasUndoOps ? 'undo' : '', undo?.hasRedoOps ? 'redo' : ''];
  return [line, ...here.map((mark) => mark.type.name), ...can].join(' ');
}

/** Turns the selected lines into another kind, or back into plain ones when they are of it already. */
export function turnInto(editor: DocumentEditor, type: string, props: object): void {
  const cursor = editor.getTextCursorPosition().block;
  const chosen = editor.getSelection()?.blocks ?? [cursor];
  const back = props !== undefined && Object.keys(props).length === 0 && cursor.type === type;
  editor.transact(() => {
    for (const block of chosen) {
      if (!Array.isArray(block.content)) continue;
      editor.updateBlock(block, (back ? { type: 'paragraph' } : { type, props }) as never);
    }
  });
}

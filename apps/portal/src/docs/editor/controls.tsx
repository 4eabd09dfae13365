'use client';
import { FormattingToolbarController, useBlockNoteEditor } from '@blocknote/react';
import { BlockMenu } from './BlockMenu.tsx';
import { MentionMenu, SlashMenu } from './Menus.tsx';
import { useEditorState } from '../writing/useEditorState.ts';
import type { DocumentEditor } from './document-editor.ts';
import { NamedToolbar } from './NamedToolbar.tsx';

/** What floats about the text of somebody who may write; each control is a line here. */
export function EditorControls() {
  const editor = useBlockNoteEditor() as unknown as DocumentEditor;
  // It asks about the blocks around the caret at every letter: it is there only for a selection, which it floats at.
  const selected = useEditorState(editor, (state) => !state.selection.empty, false);
  return (
    <>
      <BlockMenu />
      <SlashMenu />
      <MentionMenu />
      {selected && <FormattingToolbarController formattingToolbar={NamedToolbar} />}
    </>
  );
}

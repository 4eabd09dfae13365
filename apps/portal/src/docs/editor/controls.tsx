'use client';
import { components } from '@blocknote/mantine';
import {
  BlockNoteDefaultUI,
  ComponentsContext,
  FormattingToolbarController,
  useBlockNoteEditor,
} from '@blocknote/react';
import { MantineProvider } from '@mantine/core';
import { useEditorState } from '../writing/useEditorState.ts';
import { BlockMenu } from './BlockMenu.tsx';
import type { DocumentEditor } from './document-editor.ts';
import { MentionMenu, SlashMenu } from './Menus.tsx';
import { NamedToolbar } from './NamedToolbar.tsx';

// The sheet of styles has its variables on the editor, not on the page.
const noRoot = () => undefined;

/** What floats about the text, with the parts that it is made of: on its own, so that nobody waits for it to write. */
export function EditorControls({ writes }: { writes: boolean }) {
  return (
    <MantineProvider withCssVariables={false} getRootElement={noRoot}>
      <ComponentsContext.Provider value={components}>
        <BlockNoteDefaultUI formattingToolbar={false} sideMenu={false} slashMenu={false} />
        {writes && <WriterControls />}
      </ComponentsContext.Provider>
    </MantineProvider>
  );
}

/** For somebody who may write; each control is a line here. */
function WriterControls() {
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

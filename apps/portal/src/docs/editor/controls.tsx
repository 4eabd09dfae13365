'use client';
import { FormattingToolbarController } from '@blocknote/react';
import { BlockMenu } from './BlockMenu.tsx';
import { MentionMenu, SlashMenu } from './Menus.tsx';
import { NamedToolbar } from './NamedToolbar.tsx';

/** What floats about the text of somebody who may write; each control is a line here. */
export function EditorControls() {
  return (
    <>
      <BlockMenu />
      <SlashMenu />
      <MentionMenu />
      <FormattingToolbarController formattingToolbar={NamedToolbar} />
    </>
  );
}

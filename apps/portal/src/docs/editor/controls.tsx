'use client';
import { BlockMenu } from './BlockMenu.tsx';
import { MentionMenu, SlashMenu } from './Menus.tsx';

/** What floats about the text of somebody who may write; each control is a line here. */
export function EditorControls() {
  return (
    <>
      <BlockMenu />
      <SlashMenu />
      <MentionMenu />
    </>
  );
}

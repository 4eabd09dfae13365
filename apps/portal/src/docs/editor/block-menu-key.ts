import { createExtension } from '@blocknote/core';

/** Milliseconds within which the handle and its menu are drawn. */
const drawnMs = 150;

/**
 * The menu of the block that the cursor stands in, opened by keyboard: the handle is brought beside the block as the
 * pointer would bring it, and pressed.
 */
export const blockMenuKey = createExtension(() => ({
  key: 'parvisBlockMenuKey',
  keyboardShortcuts: {
    'Shift-F10': ({ editor }) => openMenu(editor),
    ContextMenu: ({ editor }) => openMenu(editor),
    'Mod-Shift-.': ({ editor }) => openMenu(editor),
  },
}));

function openMenu(editor: {
  getTextCursorPosition(): { block: { id: string } };
  domElement?: HTMLElement | undefined;
}): boolean {
  const root = editor.domElement;
  const { id } = editor.getTextCursorPosition().block;
  const block = root?.querySelector(`.bn-block-outer[data-id="${CSS.escape(id)}"] .bn-block-content`);
  if (!root || !block) return false;
  const { left, top, height } = block.getBoundingClientRect();
  const at = { clientX: left + 4, clientY: top + Math.min(height / 2, 12), bubbles: true };
  block.dispatchEvent(new MouseEvent('mousemove', at));
  setTimeout(() => {
    const container = root.closest('.bn-container')?.parentElement ?? document;
    container.querySelector<HTMLElement>('.bn-side-menu button[draggable="true"]')?.click();
    setTimeout(
      () => document.querySelector<HTMLElement>('.bn-drag-handle-menu [role="menuitem"]')?.focus(),
      drawnMs,
    );
  }, drawnMs);
  return true;
}

import { insertOrUpdateBlockForSlashMenu } from '@blocknote/core/extensions';
import type { DocumentEditor } from './document-editor.ts';

type NewBlock = Parameters<DocumentEditor['insertBlocks']>[0][number];

/** Puts a block where the cursor stands: in place of an empty one, or after. */
export function put(editor: DocumentEditor, block: NewBlock): void {
  insertOrUpdateBlockForSlashMenu(editor, block);
}

/** Puts columns where the cursor stands, and the cursor into the first. */
export function putColumns(editor: DocumentEditor, count: number): void {
  const { block } = editor.getTextCursorPosition();
  const columns = Array.from({ length: count }, () => ({
    type: 'column' as const,
    children: [{ type: 'paragraph' as const }],
  }));
  const [list] = editor.insertBlocks([{ type: 'columnList', children: columns }], block, 'after');
  if (Array.isArray(block.content) && block.content.length === 0) editor.removeBlocks([block]);
  const first = list?.children[0]?.children[0];
  if (first !== undefined) editor.setTextCursorPosition(first, 'start');
}

/** The same block once more, below; inside it too. */
export function duplicate(editor: DocumentEditor, block: DocumentEditor['document'][number]): void {
  editor.insertBlocks([withoutIds(block)], block, 'after');
}

function withoutIds(block: DocumentEditor['document'][number]): NewBlock {
  const { id: _, children, ...rest } = block;
  return { ...rest, children: children.map(withoutIds) } as NewBlock;
}

/** The cursor goes on to the text after a block that holds none; where there is none, to a new line. */
export function goOnAfter(editor: DocumentEditor, block: { readonly id: string }): void {
  const next = editor.getNextBlock(block.id);
  const hasText = next !== undefined && Array.isArray(next.content);
  const [line] = hasText ? [next] : editor.insertBlocks([{ type: 'paragraph' }], block.id, 'after');
  if (line !== undefined) editor.setTextCursorPosition(line, 'start');
  backToText(editor);
}

/** The focus goes back to the text, once what was open has given it back to its button. */
export function backToText(editor: { focus(): void }): void {
  setTimeout(() => editor.focus(), 50);
}

import type { DocumentEditor } from '../editor/document-editor.ts';
import type { Attached } from './attachments.ts';

/** The kind of block in which a file is shown while it is on its way. */
function kindOf(file: File): Attached['type'] {
  const kind = file.type.split('/')[0];
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

/** Puts a block where the cursor is: in place of an empty line, else below it. Answers the block's id. */
export function insertAtCursor(editor: DocumentEditor, attached: Pick<Attached, 'type'> & { props: object }) {
  const { block } = editor.getTextCursorPosition();
  const empty = Array.isArray(block.content) && block.content.length === 0;
  if (empty) return editor.updateBlock(block, attached).id;
  return editor.insertBlocks([attached], block, 'after')[0]?.id;
}

/** Sends files and shows each in a block of its own from the first moment, one after the other. */
export async function insertFiles(editor: DocumentEditor, files: readonly File[]): Promise<void> {
  for (const file of files) {
    const id = insertAtCursor(editor, { type: kindOf(file), props: { name: file.name } });
    if (id === undefined || editor.uploadFile === undefined) return;
    const answer = await editor.uploadFile(file, id);
    if (typeof answer === 'object' && editor.getBlock(id) !== undefined) editor.updateBlock(id, answer);
  }
}

import { type BlockNoteEditor, createExtension } from '@blocknote/core';

type AnyEditor = Pick<
  BlockNoteEditor,
  'getTextCursorPosition' | 'getSelection' | 'updateBlock' | 'insertBlocks' | 'setTextCursorPosition'
>;

interface PlainBlock {
  readonly id: string;
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly content?: unknown;
}

/** The block that the cursor stands in. */
function blockAt(editor: Pick<BlockNoteEditor, 'getTextCursorPosition'>): PlainBlock {
  return editor.getTextCursorPosition().block as unknown as PlainBlock;
}

/** Enter at the end of a task begins the next one; in an empty task it ends the list. */
function enterInTask(given: unknown): boolean {
  const editor = given as AnyEditor & Pick<BlockNoteEditor, 'prosemirrorState'>;
  const block = blockAt(editor);
  if (block.type !== 'task') return false;
  if (Array.isArray(block.content) && block.content.length === 0) {
    editor.updateBlock(block.id, { type: 'paragraph', props: {} });
    return true;
  }
  const { $from, empty } = editor.prosemirrorState.selection;
  if (!empty || $from.parentOffset < $from.parent.content.size) return false;
  const [next] = editor.insertBlocks([{ type: 'task' as 'paragraph' }], block.id, 'after');
  if (next !== undefined) editor.setTextCursorPosition(next, 'start');
  return true;
}

/** Ctrl+Enter ticks the task, or the line of a check list, that the cursor stands in. */
function toggleTask(given: unknown): boolean {
  const editor = given as AnyEditor;
  const block = blockAt(editor);
  if (block.type !== 'task' && block.type !== 'checkListItem') return false;
  editor.updateBlock(block.id, { props: { checked: block.props.checked !== true } } as never);
  return true;
}

/** The keys of tasks. */
export const taskKeys = createExtension(() => ({
  key: 'parvisTaskKeys',
  keyboardShortcuts: {
    Enter: ({ editor }) => enterInTask(editor),
    'Mod-Enter': ({ editor }) => toggleTask(editor),
  },
}));

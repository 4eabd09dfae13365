import {
  baseKeymap,
  chainCommands,
  exitCode,
  lift,
  setBlockType,
  toggleMark,
  wrapIn,
} from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { undoInputRule } from 'prosemirror-inputrules';
import type { NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

/** Everything that the toolbar can do, by name. */
export type Style =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'bullets'
  | 'numbers'
  | 'quote'
  | 'block'
  | 'link';

/** The keys of each, as ProseMirror names them; `Mod` is Ctrl or ⌘. */
export const styleKeys: Record<Exclude<Style, 'link'>, string> = {
  bold: 'Mod-b',
  italic: 'Mod-i',
  strike: 'Mod-Shift-x',
  code: 'Mod-e',
  numbers: 'Mod-Shift-7',
  bullets: 'Mod-Shift-8',
  quote: 'Mod-Shift-9',
  block: 'Mod-Alt-c',
};
const linkKey = 'Mod-Shift-u';

function isInside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
}

const inCode = (state: EditorState) => state.selection.$from.parent.type === nodes.code_block;

const listCommand =
  (type: NodeType): Command =>
  (state, dispatch) =>
    isInside(state, type)
      ? liftListItem(nodes.list_item)(state, dispatch)
      : wrapInList(type)(state, dispatch);

/** What each style does where it is pressed: on, or off where it stands already. */
export const styleCommands: Record<Exclude<Style, 'link'>, Command> = {
  bold: toggleMark(marks.strong),
  italic: toggleMark(marks.em),
  strike: toggleMark(marks.strike),
  code: toggleMark(marks.code),
  bullets: listCommand(nodes.bullet_list),
  numbers: listCommand(nodes.ordered_list),
  quote: (state, dispatch) =>
    isInside(state, nodes.blockquote) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch),
  block: (state, dispatch) =>
    setBlockType(inCode(state) ? nodes.paragraph : nodes.code_block)(state, dispatch),
};

/** Which styles hold where the caret is. */
export function stylesAt(state: EditorState): readonly Style[] {
  const { from, to, empty, $from } = state.selection;
  const has = (type: (typeof marks)[keyof typeof marks]) =>
    empty
      ? Boolean(type.isInSet(state.storedMarks ?? $from.marks()))
      : state.doc.rangeHasMark(from, to, type);
  const all: [Style, boolean][] = [
    ['bold', has(marks.strong)],
    ['italic', has(marks.em)],
    ['strike', has(marks.strike)],
    ['code', has(marks.code)],
    ['link', has(marks.link)],
    ['bullets', isInside(state, nodes.bullet_list)],
    ['numbers', isInside(state, nodes.ordered_list)],
    ['quote', isInside(state, nodes.blockquote)],
    ['block', inCode(state)],
  ];
  return all.flatMap(([style, on]) => (on ? [style] : []));
}

/** Three backticks and Enter begin a block of code. */
const fence: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const language = /^```([\w+#-]{0,20})$/.exec($from.parent.textContent)?.[1];
  if (!empty || language === undefined || $from.parent.type !== nodes.paragraph) return false;
  dispatch?.(
    state.tr
      .delete($from.start(), $from.end())
      .setBlockType($from.start(), $from.start(), nodes.code_block, { language }),
  );
  return true;
};

/** In a block of code Enter is a new line; twice at its end leaves it. */
const lineOfCode: Command = (state, dispatch) => {
  if (!inCode(state)) return false;
  const { $from, empty } = state.selection;
  const text = $from.parent.textContent;
  if (empty && text.endsWith('\n\n') && $from.parentOffset === text.length) {
    const cut = state.apply(state.tr.delete($from.pos - 2, $from.pos));
    if (!dispatch) return true;
    return exitCode(cut, (leaving) => {
      const transaction = state.tr.delete($from.pos - 2, $from.pos);
      for (const step of leaving.steps) transaction.step(step);
      dispatch(transaction.setSelection(leaving.selection).scrollIntoView());
    });
  }
  dispatch?.(state.tr.insertText('\n').scrollIntoView());
  return true;
};

/** A new line: the next entry in a list, out of a list or a quote where the line is empty. */
const newLine = chainCommands(
  fence,
  lineOfCode,
  splitListItem(nodes.list_item),
  liftListItem(nodes.list_item),
  baseKeymap.Enter ?? (() => false),
);

/** `send` answers whether Enter sends here; on phones and in code it is a new line. */
export function keysOf(acts: { send: Command; link: Command }): Record<string, Command> {
  const styles = Object.entries(styleKeys).map(([style, key]) => [key, styleCommands[style as 'bold']]);
  return {
    ...Object.fromEntries(styles),
    [linkKey]: acts.link,
    Enter: chainCommands(fence, lineOfCode, acts.send, newLine),
    'Shift-Enter': newLine,
    'Mod-Enter': acts.send,
    'Mod-z': undo,
    'Mod-Shift-z': redo,
    'Mod-y': redo,
    Backspace: chainCommands(undoInputRule, baseKeymap.Backspace ?? (() => false)),
    Tab: sinkListItem(nodes.list_item),
    'Shift-Tab': liftListItem(nodes.list_item),
  };
}

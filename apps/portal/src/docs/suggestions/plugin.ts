import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { ySyncPluginKey } from 'y-prosemirror';
import { byIn, tagBeside } from './inline.ts';
import { moves, suggest } from './suggest.ts';
import { type Choice, settle } from './settle.ts';
import { suggestionsIn } from './list.ts';

export interface Mode {
  /** The uuid of the person who suggests; null while edits are edits. */
  readonly person: string | null;
}
interface Meta {
  readonly mode?: Mode;
  /** The transaction settles suggestions, or is one already. */
  readonly skip?: true;
}

export const suggestingKey = new PluginKey<Mode>('parvis-suggesting');

/** What came from others, or from the own past, is no new suggestion. */
function isForeign(tr: Transaction): boolean {
  const sync = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
  return sync !== undefined || (tr.getMeta(suggestingKey) as Meta | undefined)?.skip === true;
}

/** Turns local edits into suggestions while it is told to. `onRefused`: a move of blocks, which cannot be suggested. */
export function suggesting(onRefused: () => void, now: () => number = Date.now): Plugin<Mode> {
  return new Plugin<Mode>({
    key: suggestingKey,
    state: {
      init: () => ({ person: null }),
      apply: (tr, mode) => (tr.getMeta(suggestingKey) as Meta | undefined)?.mode ?? mode,
    },
    filterTransaction: (tr, state) => {
      if (suggestingKey.getState(state)?.person == null || !tr.docChanged || isForeign(tr)) return true;
      if (!moves(state.doc, tr.doc)) return true;
      onRefused();
      return false;
    },
    appendTransaction: (transactions, before, state) => {
      const person = suggestingKey.getState(state)?.person ?? null;
      if (person === null || transactions.some(isForeign)) return null;
      const edited = transactions.some((tr) => tr.docChanged) && !before.doc.eq(state.doc);
      if (!edited && !transactions.some((tr) => tr.selectionSet)) return null;
      const by = { person, tag: { id: crypto.randomUUID(), person, at: now() } };
      const tr = state.tr;
      const caret = before.selection.empty ? before.selection.head : null;
      if (edited) suggest(tr, before.doc, by, caret);
      keepTyping(tr, by);
      return tr.setMeta(suggestingKey, { skip: true } satisfies Meta);
    },
  });
}

/** What is typed next brings its mark along: a letter under composition must not be wrapped after the fact. */
function keepTyping(tr: Transaction, by: Parameters<typeof tagBeside>[0]): void {
  const { $from, empty } = tr.selection;
  if (!empty || !$from.parent.isTextblock) return;
  const { insertion } = tr.doc.type.schema.marks;
  if (insertion === undefined || !$from.parent.type.allowsMarkType(insertion)) return;
  const marks = (tr.storedMarks ?? $from.marks()).filter(
    (mark) => !['insertion', 'deletion', 'modification', 'comment'].includes(mark.type.name),
  );
  const container = $from.depth > 0 ? $from.node($from.depth - 1) : $from.parent;
  const tag = tagBeside(byIn(container, by), $from.nodeBefore, $from.nodeAfter);
  tr.setStoredMarks(insertion.create({ ...tag }).addToSet(marks));
}

/** Begins to suggest as a person, or (null) to edit. */
export function setMode(state: EditorState, person: string | null): Transaction {
  const meta: Meta = { mode: { person }, skip: true };
  return state.tr.setStoredMarks(null).setMeta(suggestingKey, meta);
}

/** Accepts or rejects; null when there is nothing of the kind (any more). */
export function settled(state: EditorState, choice: Choice): Transaction | null {
  if (!suggestionsIn(state.doc).some(({ id }) => choice.picked(id))) return null;
  const tr = state.tr;
  settle(tr, choice);
  return tr.setMeta(suggestingKey, { skip: true } satisfies Meta);
}

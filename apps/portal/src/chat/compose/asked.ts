import type { EditorState } from 'prosemirror-state';

/** What is being looked for behind an `@`, a `:` or a `/` that begins the text, and where it stands in the document. */
export interface Asked {
  readonly sign: '@' | ':' | '/';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const person = /(?:^|[\s(])@([\p{L}\p{M}\p{N}'’.\- ]{0,30})$/u;
const command = /^\/([\p{L}\p{M}\p{N}-]{0,30})$/u;
const emoji = /(?:^|[\s(])(:[\p{L}\p{M}\p{N}_+-]{2,30})$/u;

/** What stands before the caret and asks for a list, or null. */
export function askedAt(state: EditorState): Asked | null {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type.spec.code) return null;
  const text = $from.parent.textBetween(0, $from.parentOffset, undefined, '\uFFFC');
  const word = command.exec(text)?.[1];
  if (word !== undefined && state.doc.childCount === 1 && $from.depth === 1)
    return { sign: '/', text: word, from: $from.pos - word.length - 1, to: $from.pos };
  const name = person.exec(text)?.[1];
  if (name !== undefined && !/ {2}|^ /.test(name))
    return { sign: '@', text: name.trim(), from: $from.pos - name.length - 1, to: $from.pos };
  const found = emoji.exec(text)?.[1];
  if (found === undefined) return null;
  return { sign: ':', text: found.slice(1), from: $from.pos - found.length, to: $from.pos };
}

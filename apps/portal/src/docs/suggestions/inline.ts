import { Fragment, type Mark, type Node, type Schema } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { markNames, suggestedOf, type Tag, tagOf } from './tag.ts';

/** A stretch that differs: what stood in the old content from `from` to `oldEnd` is in the new one up to `newEnd`. */
export interface Difference {
  readonly from: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Where two contents of blocks differ, or null when they are the same. */
export function differenceOf(before: Fragment, after: Fragment): Difference | null {
  const from = before.findDiffStart(after);
  if (from === null) return null;
  const end = before.findDiffEnd(after) ?? { a: from, b: from };
  const overlap = Math.max(0, from - Math.min(end.a, end.b));
  return { from, oldEnd: end.a + overlap, newEnd: end.b + overlap };
}

/** Who suggests, and the tag of a new suggestion. */
export interface By {
  readonly person: string;
  readonly tag: Tag;
}

const isSuggestion = (mark: Mark) => (markNames as readonly string[]).includes(mark.type.name);

/** Marks that are a look of the text, and not said about it. */
const looks = (marks: readonly Mark[]) =>
  marks.filter((mark) => !isSuggestion(mark) && mark.type.name !== 'comment');

/** The tag of a suggestion of this person that ends or begins here: what is done next to it is part of it. */
export function tagBeside(by: By, ...nodes: (Node | null | undefined)[]): Tag {
  for (const node of nodes) {
    for (const mark of node?.marks ?? []) {
      const tag = tagOf(mark);
      if (isSuggestion(mark) && mark.type.name !== 'modification' && tag.person === by.person) return tag;
    }
  }
  return by.tag;
}

/** The same hand's tag for a block that is itself a suggestion of this person: what is typed in it is part of it. */
export function byIn(container: Node, by: By): By {
  const { split, insert } = suggestedOf(container);
  const tag = split ?? insert;
  return tag?.person === by.person ? { ...by, tag: { id: tag.id, person: tag.person, at: tag.at } } : by;
}

/** Text that somebody took away, as it stays: marked, but for what they had suggested themselves, which is gone. */
export function keptOf(schema: Schema, taken: Fragment, by: By, tag: Tag): Fragment {
  const kept: Node[] = [];
  taken.forEach((node) => {
    const inserted = node.marks.find((mark) => mark.type.name === 'insertion');
    if (inserted && tagOf(inserted).person === by.person) return;
    const already = node.marks.some((mark) => mark.type.name === 'deletion');
    const mark = schema.mark('deletion', { ...tag });
    kept.push(already ? node : node.mark(mark.addToSet(node.marks)));
  });
  return Fragment.fromArray(kept);
}

/** Whether the two differ in looks only. */
function sameWords(before: Fragment, after: Fragment): boolean {
  const words = (fragment: Fragment) => {
    let text = '';
    fragment.forEach((node) => {
      text += node.isText ? node.text : JSON.stringify([node.type.name, node.attrs]);
    });
    return text;
  };
  return before.size === after.size && words(before) === words(after);
}

/**
 * Turns a change inside a block, which has been made, into a suggestion: what was taken away comes back marked, what
 * came is marked, and what looks different says how it looked. `inside` is where the block's inside begins in `tr`.
 * @returns where the caret belongs when nothing was typed: before and after what was taken away
 */
export function suggestInline(
  tr: Transaction,
  inside: number,
  before: Fragment,
  difference: Difference,
  by: By,
): { before: number; after: number; typed: number } {
  const { schema } = tr.doc.type;
  const { from, oldEnd, newEnd } = difference;
  const start = inside + from;
  const came = tr.doc.slice(start, inside + newEnd).content;
  const taken = before.cut(from, oldEnd);
  if (sameWords(taken, came)) {
    suggestLooks(tr, start, taken, came, by);
    return { before: start, after: inside + newEnd, typed: came.size };
  }
  const $start = tr.doc.resolve(start);
  const tag = tagBeside(by, $start.nodeBefore, taken.firstChild, before.cut(oldEnd).firstChild);
  const kept = keptOf(schema, taken, by, tag);
  if (kept.size > 0) tr.insert(start, kept);
  const [typedFrom, typedTo] = [start + kept.size, start + kept.size + came.size];
  if (came.size > 0) {
    tr.removeMark(typedFrom, typedTo, schema.marks.deletion);
    markInserted(tr, typedFrom, typedTo, tag);
  }
  return { before: start, after: typedFrom, typed: came.size };
}

/** Marks what has no mark of an insertion yet: what was typed may have brought it along. */
export function markInserted(tr: Transaction, from: number, to: number, tag: Tag): void {
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isInline) return true;
    if (!node.marks.some((mark) => mark.type.name === 'insertion')) {
      const mark = tr.doc.type.schema.mark('insertion', { ...tag });
      tr.addMark(Math.max(from, pos), Math.min(to, pos + node.nodeSize), mark);
    }
    return false;
  });
}

/** Notes on each piece how it looked before, unless it is itself a suggestion or says so already. */
function suggestLooks(tr: Transaction, start: number, taken: Fragment, came: Fragment, by: By): void {
  const { schema } = tr.doc.type;
  let at = 0;
  while (at < came.size) {
    const [was, is] = [nodeAt(taken, at), nodeAt(came, at)];
    const end = Math.min(was.end, is.end);
    const changed = !sameSet(looks(was.node.marks), looks(is.node.marks));
    const said = is.node.marks.some((mark) => ['insertion', 'modification'].includes(mark.type.name));
    if (changed && !said) {
      const previousValue = looks(was.node.marks).map((mark) => mark.toJSON());
      const attributes = { ...by.tag, type: 'mark', attrName: null, previousValue, newValue: null };
      tr.addMark(start + at, start + end, schema.mark('modification', attributes));
    }
    at = end;
  }
}

function nodeAt(fragment: Fragment, at: number): { node: Node; end: number } {
  let end = 0;
  for (const node of fragment.content) {
    end += node.nodeSize;
    if (end > at) return { node, end };
  }
  throw new RangeError('outside the text');
}

function sameSet(one: readonly Mark[], other: readonly Mark[]): boolean {
  return one.length === other.length && one.every((mark) => other.some((same) => same.eq(mark)));
}

/** What is done with a suggestion's part in a text when it is settled. */
export function settleInline(
  tr: Transaction,
  from: number,
  to: number,
  { picked, accept }: { picked: (id: string) => boolean; accept: boolean },
): void {
  const pieces: { from: number; to: number; marks: readonly Mark[] }[] = [];
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isInline) return true;
    const marks = node.marks.filter((mark) => isSuggestion(mark) && picked(tagOf(mark).id));
    if (marks.length > 0) pieces.push({ from: pos, to: pos + node.nodeSize, marks });
    return false;
  });
  for (const piece of pieces.toReversed()) {
    const goes = accept ? 'deletion' : 'insertion';
    if (piece.marks.some((mark) => mark.type.name === goes)) {
      tr.delete(piece.from, piece.to);
      continue;
    }
    for (const mark of piece.marks) {
      tr.removeMark(piece.from, piece.to, mark);
      if (mark.type.name === 'modification' && !accept) restoreLooks(tr, piece.from, piece.to, mark);
    }
  }
}

function restoreLooks(tr: Transaction, from: number, to: number, { attrs }: Mark): void {
  const { schema } = tr.doc.type;
  const node = tr.doc.nodeAt(from);
  for (const mark of looks(node?.marks ?? [])) tr.removeMark(from, to, mark);
  const values = Array.isArray(attrs.previousValue) ? (attrs.previousValue as { type?: string }[]) : [];
  for (const value of values) {
    if (value.type !== undefined && value.type in schema.marks)
      tr.addMark(from, to, schema.markFromJSON(value));
  }
}

import { Fragment, type Node } from 'prosemirror-model';
import { TextSelection, type Transaction } from 'prosemirror-state';
import { type By, byIn, differenceOf, keptOf, markInserted, suggestInline, tagBeside } from './inline.ts';
import { type Block, blocksIn, isText, type Suggested, suggestedOf, type Tag } from './tag.ts';

/** What an edit did to the blocks of a document. */
interface Reading {
  readonly before: readonly Block[];
  readonly after: readonly Block[];
  readonly was: ReadonlyMap<string, Block>;
  readonly is: ReadonlyMap<string, Block>;
}

function read(before: Node, after: Node): Reading {
  const [old, now] = [blocksIn(before), blocksIn(after)];
  return {
    before: old,
    after: now,
    was: new Map(old.map((block) => [block.id, block])),
    is: new Map(now.map((block) => [block.id, block])),
  };
}

/** Whether an edit moves blocks, which cannot be suggested: it would have to be shown at both places. */
export function moves(before: Node, after: Node): boolean {
  const { before: old, after: now, was, is } = read(before, after);
  const stayed = (blocks: readonly Block[]) => blocks.filter(({ id }) => was.has(id) && is.has(id));
  const [first, second] = [stayed(old), stayed(now)];
  return first.some((block, i) => {
    const other = second[i];
    if (other?.id !== block.id) return true;
    // What lay in a block that goes moves up by itself.
    return other.parent !== block.parent && (block.parent === '' || is.has(block.parent));
  });
}

/** A step that is taken later: those further down first, so that the places of the others stay. */
interface Step {
  readonly at: number;
  /** Puts blocks in: what else is to be done where they come is done before. */
  readonly puts?: true;
  take(tr: Transaction): void;
}

/**
 * Turns what an edit did into suggestions: `tr` stands on the document after the edit, `before` is the one before.
 * Whatever was taken away is back afterwards, marked; whatever came is marked.
 */
export function suggest(tr: Transaction, before: Node, by: By, caretBefore: number | null): void {
  const reading = read(before, tr.doc);
  const steps: Step[] = [];
  const done = new Set<string>();
  const head = tr.selection.head;
  let caret: number | null = null;
  const setCaret = (block: Block, places: { before: number; after: number; typed: number }) => {
    const inBlock = head >= block.inside && head <= block.inside + block.content.content.size;
    if (!inBlock || !tr.selection.empty) return;
    const forward = caretBefore !== null && caretBefore === places.before && places.typed === 0;
    caret = forward ? places.after : places.typed > 0 ? places.after + places.typed : places.before;
  };
  splits(reading, steps, done, by);
  removals(reading, steps, done, by, setCaret);
  for (const block of reading.after) {
    if (done.has(block.id)) continue;
    const old = reading.was.get(block.id);
    if (old === undefined) inserted(block, steps, by);
    else if (!old.content.eq(block.content)) changed(old, block, steps, by, setCaret);
  }
  for (const step of steps.toSorted(
    (a, b) => b.at - a.at || Number(a.puts ?? false) - Number(b.puts ?? false),
  ))
    step.take(tr);
  if (caret !== null) tr.setSelection(TextSelection.near(tr.doc.resolve(caret), -1));
}

/** Adds to what is suggested about a block. */
function tagged(suggested: Suggested, more: Suggested): Suggested {
  return { ...suggested, ...more };
}

function setSuggested(tr: Transaction, pos: number, more: Suggested): void {
  const node = tr.doc.nodeAt(pos);
  if (node) tr.setNodeAttribute(pos, 'suggested', tagged(suggestedOf(node), more));
}

/** A block of which the text is that of one block before: somebody pressed Enter. */
function splits({ after, was }: Reading, steps: Step[], done: Set<string>, by: By): void {
  for (const [i, block] of after.entries()) {
    const prev = after[i - 1];
    if (prev === undefined || done.has(prev.id) || !isText(block) || !isText(prev)) continue;
    const [whole, isNew] = was.has(block.id)
      ? [was.get(block.id), !was.has(prev.id)]
      : [was.get(prev.id), true];
    if (whole === undefined || !isNew) continue;
    if (!whole.content.content.eq(prev.content.content.append(block.content.content))) continue;
    done.add(prev.id).add(block.id);
    // Enter in the middle of what one is typing is part of it.
    const split = tagBeside(by, prev.content.content.lastChild, block.content.content.firstChild);
    steps.push({ at: block.pos, take: (tr) => setSuggested(tr, block.pos, { split }) });
  }
}

/** A block that was not there, with all that it says. */
function inserted(block: Block, steps: Step[], by: By): void {
  const { inside, content, pos } = block;
  steps.push({
    at: pos,
    take: (tr) => {
      if (isText(block)) markInserted(tr, inside, inside + content.content.size, by.tag);
      setSuggested(tr, pos, { insert: by.tag });
    },
  });
}

type SetCaret = (block: Block, places: { before: number; after: number; typed: number }) => void;

function changed(old: Block, block: Block, steps: Step[], by: By, setCaret: SetCaret): void {
  const { inside, pos } = block;
  const said = suggestedOf(block.container);
  const own = said.insert?.person === by.person;
  const inText = isText(old) && isText(block);
  const other = !old.content.hasMarkup(block.content.type, block.content.attrs) || !inText;
  if (other && !own && said.change === undefined) {
    const { type, attrs } = old.content;
    const whole = inText ? {} : { whole: old.content.toJSON() as unknown };
    const change = { ...by.tag, before: { type: type.name, attrs: { ...attrs }, ...whole } };
    steps.push({ at: pos, take: (tr) => setSuggested(tr, pos, { change }) });
  }
  const difference = inText ? differenceOf(old.content.content, block.content.content) : null;
  if (difference === null) return;
  steps.push({
    at: inside,
    take: (tr) =>
      setCaret(block, suggestInline(tr, inside, old.content.content, difference, byIn(block.container, by))),
  });
}

/** Blocks that went: each run of them, with the block before, into which the rest of the last may have been drawn. */
function removals(
  { before, is, after }: Reading,
  steps: Step[],
  done: Set<string>,
  by: By,
  setCaret: SetCaret,
): void {
  for (let i = 0; i < before.length; i++) {
    const first = before[i];
    if (first === undefined || is.has(first.id)) continue;
    let end = i;
    while (before[end + 1] !== undefined && !is.has(before[end + 1]?.id ?? '')) end += 1;
    const gone = before.slice(i, end + 1);
    const anchor = before[i - 1];
    const now = anchor && is.get(anchor.id);
    const joined = anchor && now && !done.has(anchor.id) ? joinOf(anchor, now, gone) : null;
    const own = gone.every(({ container }) => isOwn(suggestedOf(container), by));
    if (anchor && now && joined && own) {
      done.add(anchor.id);
      rejoinOwn(anchor, now, gone, { steps, by, setCaret });
    } else if (anchor && now && joined) {
      done.add(anchor.id);
      rejoin(anchor, now, gone, joined, { steps, by, setCaret });
    } else {
      const nodes = gone.map((block) => ({ block, node: goneNode(block, by.tag, by) }));
      putBack(nodes, before, { is, after }, steps);
    }
    i = end;
  }
}

interface Joined {
  /** Characters of the first block that stayed before, and of the last one that stayed behind. */
  readonly head: number;
  readonly tail: number;
}

/** Whether the block before now ends with the end of the last that went. */
function joinOf(anchor: Block, now: Block, gone: readonly Block[]): Joined | null {
  const last = gone.at(-1);
  if (last === undefined || !isText(anchor) || !isText(now) || !isText(last)) return null;
  if (anchor.content.content.eq(now.content.content)) return null;
  const [was, is, ending] = [anchor.content.content, now.content.content, last.content.content];
  const head = Math.min(was.findDiffStart(is) ?? was.size, is.size);
  const diff = ending.findDiffEnd(is);
  const same = diff === null ? Math.min(ending.size, is.size) : ending.size - diff.a;
  const tail = Math.max(0, Math.min(same, is.size - head));
  // Nothing of the last block is left: it went as a whole, unless the text before it was cut as well.
  return tail > 0 || head < was.size ? { head, tail } : null;
}

const isOwn = ({ split, insert }: Suggested, by: By) => (split ?? insert)?.person === by.person;

/** Breaks that one suggested oneself are simply gone; the text on both sides is what it was. */
function rejoinOwn(anchor: Block, now: Block, gone: readonly Block[], { steps, by, setCaret }: Making): void {
  const whole = gone.reduce((text, { content }) => text.append(content.content), anchor.content.content);
  const difference = differenceOf(whole, now.content.content);
  if (difference === null) return;
  steps.push({
    at: now.inside,
    take: (tr) => setCaret(now, suggestInline(tr, now.inside, whole, difference, by)),
  });
}

interface Making {
  readonly steps: Step[];
  readonly by: By;
  readonly setCaret: SetCaret;
}

function rejoin(
  anchor: Block,
  now: Block,
  gone: readonly Block[],
  { head, tail }: Joined,
  making: Making,
): void {
  const { steps, by, setCaret } = making;
  const { inside, content, pos } = now;
  const size = content.content.size;
  const tag = tagBeside(by, anchor.content.content.cut(0, head).lastChild);
  const nodes = gone.map((block, i) => {
    const text = block.content.content;
    const cutAt = i === gone.length - 1 ? text.size - tail : text.size;
    const schema = block.container.type.schema;
    const kept = isText(block) ? keptOf(schema, text.cut(0, cutAt), by, tag).append(text.cut(cutAt)) : text;
    return leafOf(block, kept, isText(block) ? { join: tag } : { delete: tag });
  });
  const end = pos + now.container.nodeSize;
  steps.push({ at: end, puts: true, take: (tr) => void tr.insert(end, nodes) });
  steps.push({
    at: inside,
    take: (tr) => {
      if (tail > 0) tr.delete(inside + size - tail, inside + size);
      const difference = { from: head, oldEnd: anchor.content.content.size, newEnd: size - tail };
      setCaret(now, suggestInline(tr, inside, anchor.content.content, difference, { ...by, tag }));
    },
  });
}

/** A block without what lies in it. */
function leafOf({ container, content }: Block, text: Fragment, more: Suggested): Node {
  const attrs = { ...container.attrs, suggested: tagged(suggestedOf(container), more) };
  return container.type.create(attrs, content.copy(text));
}

/** A block as it stays when somebody took it away: its text is marked too, so that what others write in it survives. */
function goneNode(block: Block, tag: Tag, by: By): Node {
  const { content } = block.content;
  return leafOf(block, isText(block) ? keptOf(block.container.type.schema, content, by, tag) : content, {
    delete: tag,
  });
}

/** Puts blocks back behind the nearest one before them that is still there, at its level; else first of all. */
function putBack(
  nodes: readonly { block: Block; node: Node }[],
  before: readonly Block[],
  { is, after }: Pick<Reading, 'is' | 'after'>,
  steps: Step[],
): void {
  // What one suggested oneself and takes away is simply gone.
  const kept = nodes.filter(({ block, node }) => {
    const { insert } = suggestedOf(block.container);
    return insert === undefined || insert.person !== suggestedOf(node).delete?.person;
  });
  const [first] = kept;
  if (first === undefined) return;
  const index = before.findIndex(({ id }) => id === first.block.id);
  const sibling = before
    .slice(0, index)
    .findLast(({ id, parent }) => parent === first.block.parent && is.has(id));
  const anchor = sibling ?? before.slice(0, index).findLast(({ id }) => is.has(id));
  const now = anchor && is.get(anchor.id);
  const at = now ? now.pos + now.container.nodeSize : (after[0]?.pos ?? 1);
  steps.push({
    at,
    puts: true,
    take: (tr) =>
      void tr.insert(
        at,
        kept.map(({ node }) => node),
      ),
  });
}

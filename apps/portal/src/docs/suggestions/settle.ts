import type { Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { settleInline } from './inline.ts';
import {
  type Act,
  type Before,
  type Block,
  blocksIn,
  isText,
  nodeOf,
  suggestedOf,
  type Suggested,
} from './tag.ts';

export interface Choice {
  /** Which suggestions: by id. */
  readonly picked: (id: string) => boolean;
  readonly accept: boolean;
}

/** Accepts or rejects suggestions: afterwards the text is as it would be had they been made, or never been made. */
export function settle(tr: Transaction, choice: Choice): void {
  // From the end, so that the places of what comes before stay.
  for (const { id } of blocksIn(tr.doc).toReversed()) settleBlock(tr, id, choice);
}

function settleBlock(tr: Transaction, id: string, choice: Choice): void {
  const found = () => blocksIn(tr.doc).find((block) => block.id === id);
  const block = found();
  if (block === undefined) return;
  settleInline(tr, block.pos + 1, block.pos + 1 + block.content.nodeSize, choice);
  const suggested = suggestedOf(block.container);
  const mine = (act: Act) => suggested[act] !== undefined && choice.picked(suggested[act].id);
  const rest: Suggested = Object.fromEntries(Object.entries(suggested).filter(([act]) => !mine(act as Act)));
  if (Object.keys(rest).length === Object.keys(suggested).length) return;
  tr.setNodeAttribute(block.pos, 'suggested', Object.keys(rest).length > 0 ? rest : null);
  const { change } = suggested;
  if (mine('change') && !choice.accept && change) restore(tr, block.pos, change.before);
  const now = found();
  if (now === undefined) return;
  const goes = choice.accept ? mine('delete') : mine('insert');
  if (goes && drop(tr, now)) return;
  if (choice.accept ? mine('join') : mine('split')) join(tr, now);
}

/** Makes a block what it was. Text that was written since stays. */
function restore(tr: Transaction, pos: number, before: Before): void {
  const content = tr.doc.nodeAt(pos + 1);
  const { schema } = tr.doc.type;
  const type = schema.nodes[before.type];
  if (content === null || content === undefined || type === undefined) return;
  const whole = before.whole === undefined ? null : nodeOf(schema, before.whole);
  const same = !type.validContent(content.content)
    ? type.createAndFill(before.attrs)
    : type.create(before.attrs, content.content);
  const node = whole ?? same;
  if (node) tr.replaceWith(pos + 1, pos + 1 + content.nodeSize, node);
}

/** Takes a block away, unless something is left in it that was not suggested, or it is the only one where it stands. */
function drop(tr: Transaction, block: Block): boolean {
  if (isText(block) && block.content.content.size > 0) return false;
  return removeBlock(tr, block);
}

/** What lies in the block takes its place. */
function removeBlock(tr: Transaction, { pos, container }: Block): boolean {
  const inside: Node[] = [];
  if (container.childCount > 1) container.lastChild?.forEach((child) => inside.push(child));
  const $pos = tr.doc.resolve(pos);
  if (inside.length === 0 && $pos.parent.childCount === 1) {
    // The last of a nested group takes the group along; the last of all stays, empty.
    if ($pos.depth < 2 || $pos.parent.type.name !== 'blockGroup') return false;
    tr.delete($pos.before(), $pos.after());
    return true;
  }
  if (inside.length === 0) tr.delete(pos, pos + container.nodeSize);
  else tr.replaceWith(pos, pos + container.nodeSize, inside);
  return true;
}

/** Draws a block into the one before it. */
function join(tr: Transaction, block: Block): void {
  const blocks = blocksIn(tr.doc);
  const index = blocks.findIndex(({ id }) => id === block.id);
  const prev = blocks[index - 1];
  if (prev === undefined || !isText(prev) || !isText(block)) {
    if (block.content.content.size === 0) removeBlock(tr, block);
    return;
  }
  const text = block.content.content;
  if (!removeBlock(tr, block)) return;
  tr.insert(prev.inside + prev.content.content.size, text);
}

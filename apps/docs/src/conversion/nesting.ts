import { randomUUID } from 'node:crypto';
import type { Block, Inline, Values } from '@parvis/document/block';

/** A block as files know it: one after the other, each at a level. */
export interface Leveled {
  readonly level: number;
  readonly block: Block;
}

export function blockOf(
  type: string,
  props: Values = {},
  content: readonly Inline[] = [],
  children: readonly Block[] = [],
): Block {
  return { id: randomUUID(), type, props, content, children };
}

/** Puts each block below the last one of a lesser level. */
export function nested(items: readonly Leveled[]): Block[] {
  interface Node {
    readonly level: number;
    readonly block: Block;
    readonly below: Node[];
  }
  const top: Node[] = [];
  const open: Node[] = [];
  for (const { level, block } of items) {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) >= level) open.pop();
    const node: Node = { level, block, below: [] };
    (open.at(-1)?.below ?? top).push(node);
    // What has no line of its own takes nothing below it.
    if (block.type !== 'table' && block.type !== 'columnList' && block.type !== 'divider') open.push(node);
  }
  const built = ({ block, below }: Node): Block =>
    below.length === 0 ? block : { ...block, children: [...block.children, ...below.map(built)] };
  return top.map(built);
}

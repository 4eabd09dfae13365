import type { Node } from 'prosemirror-model';

/**
 * Whether a node, or one inside it, is of a kind. The answer is kept as long as the node lives, so that after a change
 * only what changed is looked at, however long the text is.
 */
export function holding(isOne: (node: Node) => boolean): (node: Node) => boolean {
  const known = new WeakMap<Node, boolean>();
  const holds = (node: Node): boolean => {
    const kept = known.get(node);
    if (kept !== undefined) return kept;
    let found = isOne(node);
    for (let nr = 0; !found && nr < node.childCount; nr += 1) found = holds(node.child(nr));
    known.set(node, found);
    return found;
  };
  return holds;
}

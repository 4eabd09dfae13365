import { createExtension } from '@blocknote/core';
import type { Fragment, Node, Slice } from 'prosemirror-model';
import { type EditorState, Plugin, type Transaction } from 'prosemirror-state';
import {
  getRelativeSelection,
  type ProsemirrorBinding,
  updateYFragment,
  ySyncPluginKey,
} from 'y-prosemirror';
import * as Y from 'yjs';

/**
 * Writes into the shared text what is otherwise in the editor's. All blocks stand in one group, and before it goes into
 * a group the binding compares it word by word from both ends up to the change: half of the document, twice, at every
 * key. What stands alone on both sides is gone into at once.
 * @param binding knows which node of the editor stands for which part of the shared text
 */
export function writeChanges(
  doc: Y.Doc,
  shared: Y.XmlFragment,
  node: Node,
  binding: Pick<ProsemirrorBinding, 'mapping' | 'isOMark'>,
): void {
  const [only] = shared.length === 1 ? shared.toArray() : [];
  const child = node.childCount === 1 ? node.firstChild : null;
  if (!(only instanceof Y.XmlElement) || child === null || only.nodeName !== child.type.name)
    return updateYFragment(doc, shared, node, binding);
  binding.mapping.set(shared, node as never);
  updateYFragment(doc, only, child, binding);
}

/** How many of two rows of nodes are alike from the beginning, and of the rest from the end. */
function alike(old: Fragment, next: Fragment): { left: number; right: number } {
  const least = Math.min(old.childCount, next.childCount);
  let [left, right] = [0, 0];
  while (left < least && old.child(left).eq(next.child(left))) left += 1;
  while (
    left + right < least &&
    old.child(old.childCount - 1 - right).eq(next.child(next.childCount - 1 - right))
  )
    right += 1;
  return { left, right };
}

/** Replaces in a row of nodes that begins at a position those that are otherwise: each alone where none came or went. */
function replaceOthers(tr: Transaction, old: Fragment, next: Fragment, begin: number): void {
  const { left, right } = alike(old, next);
  const [oldEnd, nextEnd] = [old.childCount - right, next.childCount - right];
  let at = begin;
  for (const node of old.content.slice(0, left)) at += node.nodeSize;
  if (oldEnd !== nextEnd) {
    const gone = old.content.slice(left, oldEnd).reduce((size, { nodeSize }) => size + nodeSize, 0);
    tr.replaceWith(at, at + gone, next.content.slice(left, nextEnd));
    return;
  }
  for (let nr = left; nr < oldEnd; nr += 1) {
    const [node, other] = [old.child(nr), next.child(nr)];
    if (!node.eq(other)) tr.replaceWith(at, at + node.nodeSize, other);
    at += other.nodeSize;
  }
}

/**
 * Makes a state's text into another by replacing only the blocks that are otherwise. The binding replaces the whole
 * text at every letter of somebody else, and whatever looks at what was changed then looks at everything.
 */
export function takeChanges(state: EditorState, whole: Fragment): Transaction {
  let [old, next, begin] = [state.doc.content, whole, 0];
  // All blocks stand in one group.
  for (;;) {
    const [group, other] = [old.firstChild, next.firstChild];
    if (old.childCount !== 1 || next.childCount !== 1 || !group || !other) break;
    if (group.isTextblock || group.isLeaf || !group.sameMarkup(other)) break;
    [old, next, begin] = [group.content, other.content, begin + 1];
  }
  const tr = state.tr;
  replaceOthers(tr, old, next, begin);
  // The rules of the schema may have put in something else: the shared text is right, as it stands.
  return tr.doc.content.eq(whole) ? tr : state.tr.replaceWith(0, state.doc.content.size, whole);
}

/** What the binding does after each change that is made here, otherwise as it does it. */
function write(binding: ProsemirrorBinding, node: Node): void {
  binding.doc.transact(() => {
    writeChanges(binding.doc, binding.type, node, binding);
    binding.beforeTransactionSelection = getRelativeSelection(binding, binding.prosemirrorView.state);
  }, ySyncPluginKey);
}

/** The transaction with which the binding brings in the shared text: it is told to replace everything. */
function taking(state: EditorState): Transaction {
  const tr = state.tr.setMeta('addToHistory', false);
  tr.replace = (from: number, to?: number, slice?: Slice) => {
    const all = from === 0 && to === state.doc.content.size && slice?.openStart === 0 && slice.openEnd === 0;
    const taken = all ? takeChanges(state, slice.content) : state.tr.replace(from, to, slice);
    return taken.setMeta('addToHistory', false);
  };
  return tr;
}

/** Binds the editor to the shared text so that a letter costs as much in a long text as in a short one. */
export const leanBinding = createExtension({
  key: 'parvisLeanBinding',
  prosemirrorPlugins: [
    new Plugin({
      view: ({ state }) => {
        const { binding } = (ySyncPluginKey.getState(state) ?? {}) as { binding?: ProsemirrorBinding };
        if (!binding) return {};
        binding._prosemirrorChanged = (node) => write(binding, node as unknown as Node);
        Object.defineProperty(binding, '_tr', {
          configurable: true,
          get: () => taking(binding.prosemirrorView.state as EditorState),
        });
        return {};
      },
    }),
  ],
});

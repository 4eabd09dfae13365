import type { ContentMatch, MarkType, NodeType, Schema } from 'prosemirror-model';
import * as Y from 'yjs';

/** Marks that may stand several times on one text carry a hash of their value behind their name. */
const hashedName = /^(.*)--[a-zA-Z0-9+/=]{8}$/;

/**
 * The first thing in a stored text that an editor with this schema could not build, or null. What a bound editor cannot
 * build it deletes from the shared text, for everybody: it may be bound only while this answers null.
 * @returns the name of the node, mark or structure
 */
export function strangeIn(node: Y.XmlFragment | Y.XmlElement, schema: Schema): string | null {
  const here = strangeHere(node, schema);
  if (here !== null) return here;
  for (const child of node.toArray()) {
    const below = child instanceof Y.XmlElement ? strangeIn(child, schema) : null;
    if (below !== null) return below;
  }
  return null;
}

/**
 * Tells before any observer of the text hears of it that a change has brought something strange: the listener unbinds
 * the editor at once, so that the change never reaches it. Told once.
 * @returns stops watching
 */
export function watchForStrange(
  fragment: Y.XmlFragment,
  schema: Schema,
  tell: (name: string) => void,
): () => void {
  const { doc } = fragment;
  if (doc === null) throw new Error('the text belongs to no document');
  const look = (transaction: Y.Transaction) => {
    for (const changed of transaction.changed.keys()) {
      const strange = strangeInChange(changed, transaction, schema);
      if (strange === null) continue;
      doc.off('beforeObserverCalls', look);
      tell(strange);
      return;
    }
  };
  doc.on('beforeObserverCalls', look);
  return () => doc.off('beforeObserverCalls', look);
}

function strangeInChange(changed: unknown, transaction: Y.Transaction, schema: Schema): string | null {
  if (changed instanceof Y.XmlText) {
    return changed.parent instanceof Y.XmlElement ? strangeHere(changed.parent, schema) : null;
  }
  if (!(changed instanceof Y.XmlFragment)) return null;
  const here = strangeHere(changed, schema);
  if (here !== null) return here;
  for (const child of changed.toArray()) {
    if (!(child instanceof Y.XmlElement) || !isNew(child, transaction)) continue;
    const below = strangeIn(child, schema);
    if (below !== null) return below;
  }
  return null;
}

/** Whether a node has come with this change, and with it everything inside. */
function isNew(node: Y.XmlElement, { beforeState }: Y.Transaction): boolean {
  const id = node._item?.id;
  return id !== undefined && id.clock >= (beforeState.get(id.client) ?? 0);
}

/** What is strange in a node and its own texts, without the nodes below. */
function strangeHere(node: Y.XmlFragment | Y.XmlElement, schema: Schema): string | null {
  const type = node instanceof Y.XmlElement ? schema.nodes[node.nodeName] : schema.topNodeType;
  if (type === undefined) return (node as Y.XmlElement).nodeName;
  let match: ContentMatch | null = type.contentMatch;
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlElement) {
      const below: NodeType | undefined = schema.nodes[child.nodeName];
      if (below === undefined) return child.nodeName;
      match = match.matchType(below);
    } else if (child instanceof Y.XmlText) {
      const strange = strangeInText(child, type, schema);
      if (strange !== null) return strange;
      if (child.length > 0) match = match.matchType(schema.nodes.text as NodeType);
    }
    if (match === null) return type.name;
  }
  // An empty document is filled by the editor itself.
  const filled = match.validEnd || (node.length === 0 && type === schema.topNodeType);
  return filled || isThinList(node) ? null : type.name;
}

/** Two who each take a column away leave one: it is shown as it is (see `nothingLost` of the schema). */
function isThinList(node: Y.XmlFragment | Y.XmlElement): boolean {
  return node instanceof Y.XmlElement && node.nodeName === 'columnList' && node.length === 1;
}

function strangeInText(text: Y.XmlText, parent: NodeType, schema: Schema): string | null {
  for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: object }[]) {
    if (typeof insert !== 'string') return 'embedded';
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (value === null) continue;
      const mark: MarkType | undefined = schema.marks[hashedName.exec(key)?.[1] ?? key];
      if (mark === undefined) return key;
      // A text without styles (code) is built without those that it carries: nothing is lost.
      if (!parent.allowsMarkType(mark) && !isPlain(parent)) return key;
    }
  }
  return null;
}

function isPlain(type: NodeType): boolean {
  return type.spec.content === 'text*';
}

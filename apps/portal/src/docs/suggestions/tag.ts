import { type Mark, Node, type Schema } from 'prosemirror-model';

/** Which suggestion a change is part of, who made it (a person's uuid) and when (milliseconds since 1970). */
export interface Tag {
  readonly id: string;
  readonly person: string;
  readonly at: number;
}

/** What somebody would like to happen to a whole block; the attribute `suggested` of its container. */
export interface Suggested {
  /** The block is new. */
  readonly insert?: Tag;
  /** The block is to go. */
  readonly delete?: Tag;
  /** The break before the block is new: it was one with the block before. */
  readonly split?: Tag;
  /** The break before the block is to go. */
  readonly join?: Tag;
  /** It was something else: what it was, as JSON of its content node (with the text only where text cannot say it). */
  readonly change?: Tag & { readonly before: Before };
}
export interface Before {
  readonly type: string;
  readonly attrs: Record<string, unknown>;
  /** The whole node, for what has no text of its own: a table, an image. */
  readonly whole?: unknown;
}
export type Act = keyof Suggested;
export const acts: readonly Act[] = ['insert', 'delete', 'split', 'join', 'change'];

export const markNames = ['insertion', 'deletion', 'modification'] as const;

export function isTag(value: unknown): value is Tag {
  if (typeof value !== 'object' || value === null) return false;
  const { id, person, at } = value as Partial<Record<keyof Tag, unknown>>;
  return typeof id === 'string' && typeof person === 'string' && typeof at === 'number';
}

/** What is suggested about a block; the text of a stranger's client is not believed to be well formed. */
export function suggestedOf(container: Node): Suggested {
  const value: unknown = container.attrs.suggested;
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, tag]) => isTag(tag)));
}

/** The tag of a suggestion mark. Other programs number theirs. */
export function tagOf(mark: Mark): Tag {
  const { id, person, at } = mark.attrs;
  return { id: String(id), person: String(person), at: Number(at) };
}

/** A block of the document, in the order of reading. */
export interface Block {
  readonly id: string;
  readonly container: Node;
  /** Where the container stands. */
  readonly pos: number;
  /** The node that holds text, or is a table, an image… */
  readonly content: Node;
  /** Where its inside begins. */
  readonly inside: number;
  /** The node it stands in: of another block, of a column, of the document. */
  readonly parent: string;
}

/** The blocks of a document in the order of reading. */
export function blocksIn(doc: Node): Block[] {
  const found: Block[] = [];
  const walk = (node: Node, inside: number, parent: string) => {
    node.forEach((child, offset) => {
      const pos = inside + offset;
      if (child.type.name !== 'blockContainer') {
        const id = typeof child.attrs.id === 'string' ? child.attrs.id : parent;
        if (!child.isTextblock) walk(child, pos + 1, id);
        return;
      }
      const content = child.firstChild;
      if (content === null) return;
      const id = String(child.attrs.id ?? '');
      found.push({ id, container: child, pos, content, inside: pos + 2, parent });
      if (child.childCount > 1) walk(child, pos + 1, id);
    });
  };
  walk(doc, 0, '');
  return found;
}

export const isText = ({ content }: Block): boolean => content.isTextblock;

/** A node as it was. @returns null when this schema cannot build it (any more) */
export function nodeOf(schema: Schema, json: unknown): Node | null {
  try {
    const node = Node.fromJSON(schema, json);
    node.check();
    return node;
  } catch {
    return null;
  }
}

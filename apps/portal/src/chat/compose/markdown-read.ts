import type { BlockContent, DefinitionContent, Link, List, PhrasingContent, RootContent } from 'mdast';
import type { Mark, Node } from 'prosemirror-model';
import { treeOf } from './markdown-tree.ts';
import { schema } from './schema.ts';

const { nodes, marks } = schema;
const personOrGroup = /^(person|group)\/([0-9a-f-]{36})$/;
/** `@channel` and `@here` as words of their own. */
const words = /(?<![\p{L}\p{N}_@/.])@(channel|here)(?![\p{L}\p{N}_])/gu;

type Block = RootContent | BlockContent | DefinitionContent;

/** The text of a body that is written again, ready for the editor. Text that is no Markdown stays what it is. */
export function docOf(body: string): Node {
  const blocks = blocksOf(treeOf(body).children);
  return nodes.doc.create(null, blocks.length > 0 ? blocks : [nodes.paragraph.create()]);
}

function blocksOf(children: readonly Block[]): Node[] {
  return children.flatMap((child, index) => {
    const made = blockOf(child);
    // An empty line between two paragraphs is one in the editor, too.
    const parted = child.type === 'paragraph' && children[index - 1]?.type === 'paragraph';
    return parted ? [nodes.paragraph.create(), ...made] : made;
  });
}

function blockOf(child: Block): Node[] {
  switch (child.type) {
    case 'paragraph':
      return linesOf(child.children);
    case 'blockquote':
      return [nodes.blockquote.create(null, orEmpty(blocksOf(child.children)))];
    case 'code':
      return [
        nodes.code_block.create(
          { language: child.lang ?? '' },
          child.value === '' ? null : schema.text(child.value),
        ),
      ];
    case 'list':
      return [listOf(child)];
    default:
      return [];
  }
}

const orEmpty = (blocks: Node[]) => (blocks.length > 0 ? blocks : [nodes.paragraph.create()]);

function listOf(list: List): Node {
  const items = list.children.map((item) => {
    const blocks = orEmpty(blocksOf(item.children));
    const first = blocks[0]?.type === nodes.paragraph ? [] : [nodes.paragraph.create()];
    return nodes.list_item.create(null, [...first, ...blocks]);
  });
  return list.ordered
    ? nodes.ordered_list.create({ order: list.start ?? 1 }, items)
    : nodes.bullet_list.create(null, items);
}

/** Each line of a paragraph is one of the editor. */
function linesOf(children: readonly PhrasingContent[]): Node[] {
  const lines: Node[][] = [[]];
  const put = (made: readonly (Node | null)[]) => {
    for (const one of made) {
      if (one === null) lines.push([]);
      else lines.at(-1)?.push(one);
    }
  };
  put(inlinesOf(children, []));
  return lines.map((line) => nodes.paragraph.create(null, line));
}

/** Nodes in order; null where a line ends. */
function inlinesOf(children: readonly PhrasingContent[], held: readonly Mark[]): (Node | null)[] {
  const made: (Node | null)[] = [];
  children.forEach((child, index) => {
    const next = children[index + 1];
    const called = child.type === 'text' && child.value.endsWith('@') ? mentionOf(next) : null;
    if (child.type === 'text') made.push(...textOf(called ? child.value.slice(0, -1) : child.value, held));
    else if (child.type === 'break') made.push(null);
    else made.push(...inlineOf(child, children[index - 1], held));
  });
  return made;
}

function mentionOf(child: PhrasingContent | undefined): Node | null {
  const found = child?.type === 'link' ? personOrGroup.exec(child.url) : null;
  if (!found || child?.type !== 'link') return null;
  const name = child.children.map((one) => ('value' in one ? one.value : '')).join('');
  return nodes.mention.create({ kind: found[1], id: found[2], name });
}

/** An address that stands for itself. */
function isBare({ url, children: [only] }: Link): boolean {
  return only?.type === 'text' && only.value === url;
}

function inlineOf(
  child: PhrasingContent,
  before: PhrasingContent | undefined,
  held: readonly Mark[],
): (Node | null)[] {
  switch (child.type) {
    case 'strong':
      return inlinesOf(child.children, marks.strong.create().addToSet(held));
    case 'emphasis':
      return inlinesOf(child.children, marks.em.create().addToSet(held));
    case 'delete':
      return inlinesOf(child.children, marks.strike.create().addToSet(held));
    case 'inlineCode':
      return child.value === '' ? [] : [schema.text(child.value, [marks.code.create()])];
    case 'link': {
      const called = before?.type === 'text' && before.value.endsWith('@') ? mentionOf(child) : null;
      if (called) return [called.mark(held)];
      if (isBare(child)) return textOf(child.url, held);
      return inlinesOf(child.children, marks.link.create({ href: child.url }).addToSet(held));
    }
    default:
      return 'value' in child ? textOf(child.value, held) : [];
  }
}

function textOf(value: string, held: readonly Mark[]): (Node | null)[] {
  return value.split('\n').flatMap((line, index) => {
    const made: (Node | null)[] = index > 0 ? [null] : [];
    let from = 0;
    for (const match of line.matchAll(words)) {
      if (match.index > from) made.push(schema.text(line.slice(from, match.index), held));
      made.push(nodes.mention.create({ kind: match[1], id: null, name: match[1] }).mark(held));
      from = match.index + match[0].length;
    }
    if (from < line.length) made.push(schema.text(line.slice(from), held));
    return made;
  });
}

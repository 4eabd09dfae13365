import type { Inline, Mark, Values } from '@parvis/document/block';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { nameOf } from './colours.ts';
import { directionOf, joinedRuns, sortedMarks } from './paper.ts';

export type Element = Tree.Element;
/** Levels of elements that are read; below it stands the text alone. */
export const depthMax = 150;
const spansMax = 200;

export function changeOf(node: Element): Mark {
  const at = Date.parse(attribute(node, 'datetime') ?? '');
  const by = attribute(node, 'title') ?? '';
  const id = /^\d{1,9}$/.test(data(node, 'id') ?? '') ? Number(data(node, 'id')) : 0;
  return {
    name: node.tagName === 'ins' ? 'insertion' : 'deletion',
    attributes: { id, person: `file:${by}`, at: Number.isNaN(at) ? 0 : at },
  };
}

export function styledMarks(node: Element): Mark[] {
  const style = attribute(node, 'style') ?? '';
  const colour = data(node, 'color');
  const ground = data(node, 'background');
  const named = (name: string): Mark => ({ name, attributes: {} });
  return [
    ...(/font-weight:\s*(bold|[6-9]00)/.test(style) ? [named('bold')] : []),
    ...(/font-style:\s*italic/.test(style) ? [named('italic')] : []),
    ...(/text-decoration[^;]*underline/.test(style) ? [named('underline')] : []),
    ...(/text-decoration[^;]*line-through/.test(style) ? [named('strike')] : []),
    ...(colour === undefined ? [] : [{ name: 'textColor', attributes: { stringValue: colour } }]),
    ...(ground === undefined ? [] : [{ name: 'backgroundColor', attributes: { stringValue: ground } }]),
    ...colourMark(/(?:^|;)\s*color:\s*(#[0-9a-f]{6})/i.exec(style)?.[1]),
  ];
}
export function colourMark(hex: string | undefined): Mark[] {
  const name = hex === undefined ? null : nameOf(hex, false);
  return name === null ? [] : [{ name: 'textColor', attributes: { stringValue: name } }];
}

export const isElement = (node: Tree.Node): node is Element => 'tagName' in node;
export const elementsOf = (node: { childNodes: Tree.ChildNode[] }): Element[] =>
  node.childNodes.filter(isElement);
export const attribute = (node: Element | undefined, name: string): string | undefined =>
  node?.attrs.find((one) => one.name === name)?.value;
export const data = (node: Element | undefined, name: string): string | undefined =>
  attribute(node, `data-${name}`);
export const spanOf = (cell: Element, name: string): number =>
  Math.min(spansMax, Math.max(1, Number.parseInt(attribute(cell, name) ?? '1', 10) || 1));

export function findAll(node: Element, tag: string, depth = 0): Element[] {
  if (depth > depthMax) return [];
  return elementsOf(node).flatMap((child) => [
    ...(child.tagName === tag ? [child] : []),
    ...findAll(child, tag, depth + 1),
  ]);
}
export const find = (node: Element, tag: string): Element | undefined => findAll(node, tag)[0];

export function rowsOf(node: Element): Element[] {
  return elementsOf(node).flatMap((child) =>
    child.tagName === 'tr' ? [child] : /^(thead|tbody|tfoot)$/.test(child.tagName) ? rowsOf(child) : [],
  );
}

export function textIn(node: Element | undefined): string {
  if (node === undefined) return '';
  const made: string[] = [];
  const left: Tree.ChildNode[] = [...node.childNodes].reverse();
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (one.nodeName === '#text') made.push((one as Tree.TextNode).value);
    else if (one.nodeName === 'br') made.push('\n');
    else if (isElement(one) && one.tagName !== 'script' && one.tagName !== 'style')
      left.push(...[...one.childNodes].reverse());
  }
  return made.join('');
}

export function textRun(text: string, marks: readonly Mark[]): Inline[] {
  const once = marks.filter((mark, at) => marks.findIndex(({ name }) => name === mark.name) === at);
  const spaced = text === '\n' ? text : text.replace(/[ \t\r\n\f]+/g, ' ');
  return spaced === '' ? [] : [{ type: 'text', text: spaced, marks: sortedMarks(once) }];
}

/** Space at the ends of a line is how the file was written, and no part of the text. */
export function trimmed(content: readonly Inline[], _own = false): Inline[] {
  const runs = joinedRuns(content);
  const [first] = runs;
  if (first?.type === 'text') runs[0] = { ...first, text: first.text.replace(/^[ \n]+/, '') };
  return trimmedEnd(runs);
}
export function trimmedEnd(content: readonly Inline[]): Inline[] {
  const runs = [...content];
  const last = runs.at(-1);
  if (last?.type === 'text') runs[runs.length - 1] = { ...last, text: last.text.replace(/[ \n]+$/, '') };
  return joinedRuns(runs);
}

export function directed(node: Element, content: readonly Inline[]): Values {
  const dir = attribute(node, 'dir');
  const align = /text-align:\s*(center|right|end|justify)/.exec(attribute(node, 'style') ?? '')?.[1];
  const textAlignment: Values =
    align === undefined ? {} : { textAlignment: align === 'end' ? 'right' : align };
  if (dir !== 'rtl' && dir !== 'ltr') return textAlignment;
  const own = directionOf(content.map((one) => (one.type === 'text' ? one.text : '')).join(''));
  return own === null || own === dir ? textAlignment : { ...textAlignment, textDirection: dir };
}

import type { Mark, Node } from 'prosemirror-model';
import { docOf } from './markdown-read.ts';
import { schema } from './schema.ts';

const { nodes, marks } = schema;
const url = /https?:\/\/[^\s<>"']+/g;
/** What would be read as something else at the beginning of a line. */
const begins = /^([-+](?=\s|$)|>|#{1,6}(?=\s|$)|\d{1,9}(?=[.)](?:\s|$)))/;

/** What is in the editor, as the Markdown of a message. Reading it again gives the same (see markdown.test.ts). */
export function bodyOf(doc: Node): string {
  return blocksText(doc)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function blocksText(parent: Node): string {
  let text = '';
  let before: Node | null = null;
  parent.forEach((child) => {
    if (before !== null) text += joint(before, child);
    text += blockText(child);
    before = child;
  });
  return text;
}

/** Lines follow one another; after a list or a quote an empty line keeps the next one out of it. */
function joint(before: Node, next: Node): string {
  const isOpen = before.type !== nodes.paragraph && before.type !== nodes.code_block;
  return isOpen || (next.type === nodes.ordered_list && next.attrs.order !== 1) ? '\n\n' : '\n';
}

function blockText(node: Node): string {
  switch (node.type) {
    case nodes.code_block:
      return fenced(node.textContent, String(node.attrs.language));
    case nodes.blockquote:
      return indented(blocksText(node), '> ', '> ');
    case nodes.bullet_list:
      return listText(node, () => '- ');
    case nodes.ordered_list:
      return listText(node, (index) => `${Number(node.attrs.order) + index}. `);
    default:
      return lineText(node);
  }
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function listText(list: Node, bullet: (index: number) => string): string {
  const items: string[] = [];
  list.forEach((item, _, index) => {
    const begin = bullet(index);
    items.push(indented(blocksText(item), begin, ' '.repeat(begin.length)));
  });
  return items.join('\n');
}

function indented(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first : rest) + line)
    .map((line) => line.trimEnd())
    .join('\n');
}

/** From the outside in, so that what lasts longest is opened first. */
const order = [marks.link, marks.strong, marks.em, marks.strike] as const;

function signOf(mark: Mark): string {
  if (mark.type === marks.strong) return '**';
  if (mark.type === marks.em) return '*';
  return mark.type === marks.strike ? '~~' : '[';
}

interface Run {
  readonly text: string;
  readonly marks: readonly Mark[];
}

function lineText(line: Node): string {
  const runs = trimmed(runsOf(line));
  const text = written(runs).trim();
  const isStyled = runs.some((run) => run.marks.length > 0);
  // Some signs cannot close where they stand, beside a letter and a bracket: the words count more than their style.
  if (!isStyled || docOf(text).textContent.trim() === line.textContent.trim()) return text;
  return written(runs.map((run) => ({ ...run, marks: [] }))).trim();
}

function written(runs: readonly Run[]): string {
  let open: Mark[] = [];
  let text = '';
  const close = (keep: number) => {
    for (const mark of open.slice(keep).toReversed())
      text += mark.type === marks.link ? `](${target(String(mark.attrs.href))})` : signOf(mark);
    open = open.slice(0, keep);
  };
  for (const run of runs) {
    const wanted = order.flatMap((type) => run.marks.find((mark) => mark.type === type) ?? []);
    const same = open.findIndex((mark, index) => !wanted[index]?.eq(mark));
    close(same < 0 ? open.length : same);
    for (const mark of wanted.slice(open.length)) {
      text += signOf(mark);
      open.push(mark);
    }
    text += text === '' ? unlike(run.text.trimStart()) : run.text;
  }
  close(0);
  return text;
}

/** A line that begins like a list, a quote or a title, and is none. */
function unlike(text: string): string {
  return text.replace(begins, (sign) => (/^\d/.test(sign) ? `${sign}\\` : `\\${sign}`));
}

function runsOf(line: Node): Run[] {
  const runs: Run[] = [];
  line.forEach((node) => {
    if (node.type === nodes.mention) runs.push({ text: mentionText(node), marks: node.marks });
    else if (node.marks.some((mark) => mark.type === marks.code))
      runs.push({ text: codeText(node.text ?? ''), marks: [] });
    else runs.push({ text: escaped(node.text ?? ''), marks: node.marks });
  });
  return runs;
}

/** A sign beside a space opens or closes nothing: the space goes outside. */
function trimmed(runs: readonly Run[]): Run[] {
  return runs.flatMap((run) => {
    const styled = run.marks.some((mark) => mark.type !== marks.link);
    const [, lead = '', core = '', tail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(run.text) ?? [];
    if (!styled || (lead === '' && tail === '')) return [run];
    const links = run.marks.filter((mark) => mark.type === marks.link);
    return [
      { text: lead, marks: links },
      { text: core, marks: run.marks },
      { text: tail, marks: links },
    ].filter(({ text }) => text !== '');
  });
}

function mentionText({ attrs }: Node): string {
  if (attrs.id === null) return `@${attrs.kind}`;
  return `@[${escaped(String(attrs.name))}](${attrs.kind}/${attrs.id})`;
}

function codeText(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const sign = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${sign}${pad}${text}${pad}${sign}`;
}

const target = (href: string) =>
  href.replaceAll(/[()\s\\<>]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'));

/** Signs that would be read as Markdown get a backslash; an address with such signs stands in brackets. */
function escaped(text: string): string {
  let from = 0;
  let out = '';
  for (const match of text.matchAll(url)) {
    const address = match[0];
    out += plain(text.slice(from, match.index)) + (plain(address) === address ? address : `<${address}>`);
    from = match.index + address.length;
  }
  return out + plain(text.slice(from));
}

function plain(text: string): string {
  return text
    .replaceAll(/\\(?=[!-/:-@[-`{-~\s]|$)|[*`[\]]|~~|&(?=#?\w+;)|<(?=[a-z]+:|[^\s>]+@)/gi, (sign) =>
      sign === '~~' ? '\\~\\~' : `\\${sign}`,
    )
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}

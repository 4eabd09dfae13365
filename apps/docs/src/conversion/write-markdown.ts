import { type Block, type Cell, type Inline, plainText } from '@parvis/document/block';
import { absolute, addressOf, marked, numbered, type Paper, said, safeHref } from './paper.ts';
import { headingsOf } from './html-parts.ts';
import type { PictureAddress } from './write-html.ts';
import { wordsOf } from './words.ts';

const alerts: Readonly<Record<string, string>> = {
  info: 'NOTE',
  success: 'TIP',
  warning: 'WARNING',
  danger: 'CAUTION',
};

/** GitHub's Markdown, with formulas; callouts as its alerts, tasks as its check lists. */
export function writeMarkdown(paper: Paper, pictureAt: PictureAddress = () => null): string {
  const writer = new MarkdownWriter(paper, pictureAt);
  const title = paper.title === '' ? '' : `# ${escapedText(paper.title)}\n\n`;
  return `${title}${writer.blocks(paper.blocks)}\n${writer.conversations()}`;
}

const listTypes = new Set(['bulletListItem', 'numberedListItem', 'checkListItem', 'toggleListItem', 'task']);
const kindOf = (type: string): string =>
  type === 'numberedListItem' ? '1.' : type === 'task' || type === 'checkListItem' ? '- [' : '-';

class MarkdownWriter {
  readonly #paper: Paper;
  readonly #pictureAt: PictureAddress;

  constructor(paper: Paper, pictureAt: PictureAddress) {
    this.#paper = paper;
    this.#pictureAt = pictureAt;
  }

  blocks(blocks: readonly Block[]): string {
    const made: string[] = [];
    let count = 0;
    let before: Block | undefined;
    for (const block of blocks) {
      const isItem = listTypes.has(block.type);
      const goesOn =
        isItem &&
        before !== undefined &&
        listTypes.has(before.type) &&
        kindOf(before.type) === kindOf(block.type);
      count = goesOn ? count + 1 : numbered(block.props.start, 1);
      // Two lists of different kinds, or two quotes, would otherwise flow into one.
      const apart =
        before !== undefined &&
        !goesOn &&
        ((isItem && listTypes.has(before.type)) ||
          (before.type === block.type && (block.type === 'quote' || block.type === 'callout')));
      if (before !== undefined) made.push(goesOn ? '\n' : apart ? '\n\n<!-- -->\n\n' : '\n\n');
      made.push(this.#block(block, count));
      before = block;
    }
    return made.join('');
  }

  #block(block: Block, count: number): string {
    const { type, props } = block;
    const line = () => this.#line(block.content);
    switch (type) {
      case 'heading':
        return this.#with(
          block,
          `${'#'.repeat(Math.min(6, Math.max(1, numbered(props.level, 1))))} ${line().replaceAll('\\\n', ' ')}`,
        );
      case 'bulletListItem':
      case 'toggleListItem':
        return this.#item('- ', block, line());
      case 'numberedListItem':
        return this.#item(`${count}. `, block, line());
      case 'checkListItem':
      case 'task':
        return this.#item(
          '- ',
          block,
          `[${props.checked === true ? 'x' : ' '}] ${line()}${type === 'task' ? this.#taskFacts(block) : ''}`,
        );
      case 'quote':
        return this.#with(block, quoted(line()));
      case 'callout':
        return this.#with(block, quoted(`[!${alerts[said(props.tone)] ?? 'NOTE'}]\n${line()}`));
      case 'codeBlock':
        return this.#with(block, fenced(plainText(block.content), said(props.language)));
      case 'divider':
        return '---';
      case 'table':
        return this.#table(block);
      case 'formula':
        return `$$\n${said(props.tex).replace(/\n\s*\n/g, '\n')}\n$$`;
      case 'columnList':
      case 'column':
        return this.blocks(block.children);
      case 'toc':
        return headingsOf(this.#paper.blocks)
          .map(({ level, content }) => `${'  '.repeat(level - 1)}- ${this.#line(content)}`)
          .join('\n');
      case 'embed':
        return `[${wordsOf[this.#paper.locale].embed[said(props.kind)] ?? said(props.kind)}](${addressOf(this.#paper, props)})`;
      case 'image':
      case 'file':
      case 'video':
      case 'audio':
        return this.#media(block);
      default:
        return this.#with(block, line());
    }
  }

  #media({ type, props }: Block): string {
    const url = said(props.url);
    const at = this.#pictureAt(url) ?? absolute(this.#paper, url);
    const name = escapedText(said(props.caption) || said(props.name));
    return `${type === 'image' ? '!' : ''}[${name || at}](<${at.replace(/[<>\n]/g, encodeURIComponent)}>)`;
  }

  /** A block and what is nested below it: Markdown nests below list items only. */
  #with(block: Block, text: string): string {
    return block.children.length === 0 ? text : `${text}\n\n${this.blocks(block.children)}`;
  }

  #item(sign: string, block: Block, text: string): string {
    const indent = ' '.repeat(sign.length);
    const [first] = block.children;
    const gap = first !== undefined && listTypes.has(first.type) ? '\n' : '\n\n';
    const below = first === undefined ? '' : `${gap}${this.blocks(block.children)}`;
    return `${sign}${`${text}${below}`.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
  }

  #taskFacts({ props }: Block): string {
    const who = this.#paper.people[said(props.assignee)];
    const due = said(props.due);
    const facts = [
      who === undefined ? '' : `@${escapedText(who)}`,
      due === '' ? '' : `${wordsOf[this.#paper.locale].due} ${due}`,
    ];
    const text = facts.filter((one) => one !== '').join(', ');
    return text === '' ? '' : ` (${text})`;
  }

  #table({ rows = [] }: Block): string {
    const width = Math.max(1, ...rows.map((row) => row.reduce((sum, { colspan }) => sum + colspan, 0)));
    const head = rows[0]?.every(({ header }) => header) === true ? rows[0] : undefined;
    const body = head === undefined ? rows : rows.slice(1);
    const line = (cells: readonly Cell[]) => {
      const texts = cells.flatMap((cell) => [
        this.#line(cell.content).replaceAll('\\\n', '<br>').replaceAll('|', '\\|'),
        ...Array.from({ length: cell.colspan - 1 }, () => ''),
      ]);
      return `| ${[...texts, ...Array.from({ length: Math.max(0, width - texts.length) }, () => '')].join(' | ')} |`;
    };
    const rule = `| ${Array.from({ length: width }, () => '---').join(' | ')} |`;
    return [line(head ?? []), rule, ...body.map(line)].join('\n');
  }

  #line(content: readonly Inline[]): string {
    const text = content.map((one, at) => this.#inline(one, standsAlone(content, at))).join('');
    return text.replace(
      /^([ \t]*)([-+#>]|\d+[.)])(?=\s|$)/,
      (_, space: string, sign: string) => `${space}${sign.slice(0, -1)}\\${sign.slice(-1)}`,
    );
  }

  /** @param alone whether stars around it would be understood */
  #inline(one: Inline, alone: boolean): string {
    if (one.type === 'thing') {
      const { name, props, text } = one;
      if (name === 'math') return `$${said(props.tex).replaceAll('\n', ' ')}$`;
      if (name === 'mention') return `[@${escapedText(said(props.label))}](${addressOf(this.#paper, props)})`;
      return escapedText(said(props.label) || text);
    }
    const { marks } = one;
    const [, before = '', core = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(one.text) ?? [];
    if (core === '') return one.text.replaceAll('\n', '\\\n');
    let text = marked(marks, 'code') === undefined ? escapedText(core) : coded(core);
    if (marked(marks, 'deletion') !== undefined) text = `<del>${text}</del>`;
    if (marked(marks, 'insertion') !== undefined) text = `<ins>${text}</ins>`;
    if (marked(marks, 'underline') !== undefined) text = `<u>${text}</u>`;
    if (marked(marks, 'strike') !== undefined) text = alone ? `~~${text}~~` : `<s>${text}</s>`;
    if (marked(marks, 'italic') !== undefined) text = alone ? `*${text}*` : `<em>${text}</em>`;
    if (marked(marks, 'bold') !== undefined) text = alone ? `**${text}**` : `<strong>${text}</strong>`;
    const href = safeHref(said(marked(marks, 'link')?.attributes.href));
    if (href !== null)
      text = `[${text}](<${absolute(this.#paper, href).replace(/[<>\s]/g, encodeURIComponent)}>)`;
    return `${before.replaceAll('\n', '\\\n')}${text}${after.replaceAll('\n', '\\\n')}`;
  }

  conversations(): string {
    const { conversations, locale } = this.#paper;
    if (conversations.length === 0) return '';
    const one = ({ remarks }: (typeof conversations)[number], at: number) =>
      remarks
        .map(
          (remark, n) =>
            `${n === 0 ? `${at + 1}. ` : '   - '}**${escapedText(remark.author)}** ${remark.at}: ${escapedText(remark.text).replaceAll('\\\n', ' ')}`,
        )
        .join('\n');
    return `\n## ${wordsOf[locale].comments}\n\n${conversations.map(one).join('\n')}\n`;
  }
}

/** Stars within a word, or that touch other signs, are taken for stars: tags stand there. */
function standsAlone(content: readonly Inline[], at: number): boolean {
  const [before, one, after] = [content[at - 1], content[at], content[at + 1]];
  const apart = (next: Inline | undefined, edge: RegExp) =>
    next === undefined || (next.type === 'text' && next.marks.length === 0 && edge.test(next.text));
  const padded = (edge: RegExp) => one?.type === 'text' && edge.test(one.text);
  return (
    (padded(/^\s/) || apart(before, /[\s(«"'’“]$/)) && (padded(/\s$/) || apart(after, /^[\s).,;:!?»"'’”]/))
  );
}

/** Text that means itself. */
function escapedText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~$&]/g, '\\$&')
    .replace(/https?:(?=\/\/)|www\.|@/g, (one) =>
      one === '@' ? '\\@' : one === 'www.' ? 'www\\.' : one.replace(':', '\\:'),
    )
    .replaceAll('\n', '\\\n');
}

function coded(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^ .* $/.test(text) ? ' ' : '';
  return `${ticks}${pad}${text.replaceAll('\n', ' ')}${pad}${ticks}`;
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language === 'text' ? '' : language.replace(/[^\w+#.-]/g, '')}\n${text}\n${fence}`;
}

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((one) => `> ${one}`)
    .join('\n');

import type { Block, Cell, Inline, Mark } from '@parvis/document/block';
import { formulaHtml, headingsOf, style } from './html-parts.ts';
import {
  absolute,
  addressOf,
  authorOf,
  escaped,
  isRtl,
  numbered,
  type Paper,
  safeHref,
  said,
} from './paper.ts';
import { wordsOf } from './words.ts';

/** How one format says a picture: as data within, or as a file beside. */
export type PictureAddress = (url: string) => string | null;

/** Pictures within the page itself. */
export function withinThePage(paper: Paper): PictureAddress {
  return (url) => {
    const picture = paper.pictures[url];
    if (picture === undefined) return null;
    return `data:${picture.mediaType};base64,${Buffer.from(picture.bytes).toString('base64')}`;
  };
}

/** A page of its own: meaning in its elements, nothing fetched from elsewhere, no script. */
export function writeHtml(paper: Paper, pictureAt: PictureAddress = withinThePage(paper)): string {
  const writer = new HtmlWriter(paper, pictureAt);
  const dir = paper.locale === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${paper.locale}" dir="${dir}"><head><meta charset="utf-8"><meta name="generator" content="Parvis"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'">
<title>${escaped(paper.title)}</title><style>${style}</style></head>
<body><main><h1 class="title" dir="auto">${escaped(paper.title)}</h1>
${writer.blocks(paper.blocks)}
</main>${writer.conversations()}</body></html>
`;
}

const lists: Readonly<Record<string, string>> = {
  bulletListItem: 'ul',
  toggleListItem: 'ul',
  numberedListItem: 'ol',
  checkListItem: 'ul class="checks"',
  task: 'ul class="checks"',
};
const tags: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
};

class HtmlWriter {
  readonly #paper: Paper;
  readonly #pictureAt: PictureAddress;

  constructor(paper: Paper, pictureAt: PictureAddress) {
    this.#paper = paper;
    this.#pictureAt = pictureAt;
  }

  blocks(blocks: readonly Block[]): string {
    const made: string[] = [];
    for (let at = 0; at < blocks.length; ) {
      const list = lists[(blocks[at] as Block).type];
      let end = at + 1;
      while (list !== undefined && end < blocks.length && lists[(blocks[end] as Block).type] === list) end++;
      const some = blocks.slice(at, end);
      made.push(list === undefined ? some.map((one) => this.#block(one)).join('') : this.#list(list, some));
      at = end;
    }
    return made.join('\n');
  }

  #list(list: string, items: readonly Block[]): string {
    const start =
      list === 'ol' && items[0]?.props.start !== undefined
        ? ` start="${numbered(items[0].props.start, 1)}"`
        : '';
    return `<${list}${start}>${items.map((item) => this.#item(item)).join('')}</${list.split(' ')[0]}>`;
  }

  #item(item: Block): string {
    const { type, props } = item;
    const box = type === 'checkListItem' || type === 'task' ? this.#box(props.checked === true) : '';
    const data =
      type === 'task'
        ? ` data-parvis="task" data-assignee="${escaped(said(props.assignee))}" data-due="${escaped(said(props.due))}"`
        : type === 'toggleListItem'
          ? ' data-parvis="toggle"'
          : '';
    return `<li${this.#dir(item)}${data}>${box}${this.#line(item.content)}${type === 'task' ? this.#taskFacts(item) : ''}${this.#below(item, '')}</li>`;
  }

  #box(checked: boolean): string {
    return `<span class="box" role="img" aria-label="${checked ? '☑' : '☐'}" data-checked="${checked}">${checked ? '☑' : '☐'}</span>`;
  }

  #taskFacts({ props }: Block): string {
    const who = this.#paper.people[said(props.assignee)];
    const due = said(props.due);
    const facts = [
      who === undefined ? '' : `@${who}`,
      due === '' ? '' : `${wordsOf[this.#paper.locale].due} ${due}`,
    ];
    const text = facts.filter((one) => one !== '').join(', ');
    return text === '' ? '' : ` <span class="due">(${escaped(text)})</span>`;
  }

  #below(block: Block, className = 'nested'): string {
    if (block.children.length === 0) return '';
    const inner = this.blocks(block.children);
    return className === '' ? inner : `<div class="${className}">${inner}</div>`;
  }

  #dir(block: Block): string {
    const align = said(block.props.textAlignment);
    const aligned =
      align !== '' && align !== 'left'
        ? ` style="text-align:${align === 'right' ? 'end' : escaped(align)}"`
        : '';
    return `${isRtl(block) ? ' dir="rtl" lang="ar"' : ' dir="ltr"'}${aligned}`;
  }

  #block(block: Block): string {
    const { type, props } = block;
    const dir = this.#dir(block);
    const line = () => this.#line(block.content);
    switch (type) {
      case 'heading': {
        const level = Math.min(6, Math.max(1, numbered(props.level, 1)));
        const toggle = props.isToggleable === true ? ' data-parvis="toggle"' : '';
        return `<h${level}${dir}${toggle} id="h-${escaped(block.id)}">${line()}</h${level}>${this.#below(block)}`;
      }
      case 'quote':
        return `<blockquote${dir}>${line()}</blockquote>${this.#below(block)}`;
      case 'callout': {
        const tone = said(props.tone) || 'info';
        return `<div class="callout" role="note" data-parvis="callout" data-tone="${escaped(tone)}"${dir}><span class="tone">${escaped(wordsOf[this.#paper.locale].tone[tone] ?? tone)}</span>${line()}</div>${this.#below(block)}`;
      }
      case 'codeBlock':
        return `<pre data-language="${escaped(said(props.language))}"><code>${line()}</code></pre>${this.#below(block)}`;
      case 'divider':
        return '<hr>';
      case 'table':
        return this.#table(block);
      case 'formula':
        return `<div data-parvis="formula" data-tex="${escaped(said(props.tex))}">${formulaHtml(said(props.tex), true)}</div>`;
      case 'columnList':
        return `<div class="columns" data-parvis="columns">${block.children.map((column) => `<div>${this.blocks(column.children)}</div>`).join('')}</div>`;
      case 'toc':
        return this.#contents();
      case 'embed':
        return `<p data-parvis="embed" data-kind="${escaped(said(props.kind))}" data-ref="${escaped(said(props.ref))}" data-seq="${numbered(props.messageSeq, 0)}"><a href="${escaped(addressOf(this.#paper, props))}">${escaped(wordsOf[this.#paper.locale].embed[said(props.kind)] ?? said(props.kind))}</a></p>`;
      case 'image':
      case 'file':
      case 'video':
      case 'audio':
        return this.#media(block);
      default:
        return `<p${dir}>${line()}</p>${this.#below(block)}`;
    }
  }

  #media({ type, props }: Block): string {
    const url = said(props.url);
    const name = said(props.name);
    const caption =
      said(props.caption) === '' ? '' : `<figcaption dir="auto">${escaped(said(props.caption))}</figcaption>`;
    const src = type === 'image' ? this.#pictureAt(url) : null;
    const width = props.previewWidth === undefined ? '' : ` width="${numbered(props.previewWidth, 400)}"`;
    const shown =
      src === null
        ? `<a href="${escaped(this.#pictureAt(url) ?? absolute(this.#paper, url))}">${escaped(name || url)}</a>`
        : `<img src="${escaped(src)}" alt="${escaped(said(props.caption) || name)}"${width}>`;
    return `<figure data-parvis="${type}" data-name="${escaped(name)}" data-url="${escaped(url)}">${shown}${caption}</figure>`;
  }

  #table({ rows = [] }: Block): string {
    const head = rows.findIndex((row) => !row.every(({ header }) => header));
    const heads = head === -1 ? rows.length : head;
    const row = (cells: readonly Cell[], inHead: boolean) =>
      `<tr>${cells.map((cell) => this.#cell(cell, inHead)).join('')}</tr>`;
    const thead =
      heads > 0
        ? `<thead>${rows
            .slice(0, heads)
            .map((cells) => row(cells, true))
            .join('')}</thead>`
        : '';
    return `<table>${thead}<tbody>${rows
      .slice(heads)
      .map((cells) => row(cells, false))
      .join('')}</tbody></table>`;
  }

  #cell({ header, colspan, rowspan, content }: Cell, inHead: boolean): string {
    const tag = header ? 'th' : 'td';
    const spans = `${colspan > 1 ? ` colspan="${colspan}"` : ''}${rowspan > 1 ? ` rowspan="${rowspan}"` : ''}`;
    const scope = header ? ` scope="${inHead ? 'col' : 'row'}"` : '';
    return `<${tag}${spans}${scope} dir="auto">${this.#line(content)}</${tag}>`;
  }

  #contents(): string {
    const items = headingsOf(this.#paper.blocks).map(
      ({ id, level, content }) =>
        `<li style="margin-inline-start:${level - 1}rem"><a href="#h-${escaped(id)}">${this.#line(content)}</a></li>`,
    );
    return `<nav data-parvis="toc" aria-label="${escaped(wordsOf[this.#paper.locale].contents)}"><ul>${items.join('')}</ul></nav>`;
  }

  #line(content: readonly Inline[]): string {
    return content.map((one) => this.#inline(one)).join('');
  }

  #inline(one: Inline): string {
    if (one.type === 'text')
      return one.marks.reduce((text, mark) => this.#marked(text, mark), lines(one.text));
    const { name, props, text } = one;
    if (name === 'math')
      return `<span data-parvis="math" data-tex="${escaped(said(props.tex))}">${formulaHtml(said(props.tex), false)}</span>`;
    if (name === 'mention')
      return `<a data-parvis="mention" data-kind="${escaped(said(props.kind))}" data-ref="${escaped(said(props.ref))}" href="${escaped(addressOf(this.#paper, props))}"><bdi>${escaped(said(props.label))}</bdi></a>`;
    return `<span>${lines(said(props.label) || text)}</span>`;
  }

  #marked(text: string, { name, attributes }: Mark): string {
    const tag = tags[name];
    if (tag !== undefined) return `<${tag}>${text}</${tag}>`;
    if (name === 'link') {
      const href = safeHref(said(attributes.href));
      return href === null ? text : `<a href="${escaped(absolute(this.#paper, href))}">${text}</a>`;
    }
    if (name === 'textColor' || name === 'backgroundColor')
      return `<span data-${name === 'textColor' ? 'color' : 'background'}="${escaped(said(attributes.stringValue))}" style="${name === 'textColor' ? 'color' : 'background'}:${safeColour(said(attributes.stringValue))}">${text}</span>`;
    if (name === 'comment')
      return `<mark class="comment" data-thread="${escaped(said(attributes.threadId))}">${text}</mark>`;
    if (name === 'insertion' || name === 'deletion') {
      const el = name === 'insertion' ? 'ins' : 'del';
      const at = numbered(attributes.at, 0);
      const when = at > 0 ? ` datetime="${new Date(at).toISOString()}"` : '';
      return `<${el}${when} data-id="${escaped(JSON.stringify(attributes.id ?? null))}" data-person="${escaped(said(attributes.person))}" title="${escaped(authorOf(this.#paper, said(attributes.person)))}">${text}</${el}>`;
    }
    return text;
  }

  /** The conversations, behind the text. */
  conversations(): string {
    const { conversations, locale } = this.#paper;
    if (conversations.length === 0) return '';
    const one = ({ remarks }: (typeof conversations)[number]) =>
      `<li>${remarks.map(({ author, at, text }) => `<p dir="auto"><strong><bdi>${escaped(author)}</bdi></strong> <time>${escaped(at)}</time><br>${lines(text)}</p>`).join('')}</li>`;
    return `<aside data-parvis="comments"><h2>${escaped(wordsOf[locale].comments)}</h2><ol>${conversations.map(one).join('')}</ol></aside>`;
  }
}

/** Text with its line breaks. */
const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>');

const safeColour = (value: string): string =>
  /^[a-z]{1,20}$|^#[0-9a-f]{3,8}$/i.test(value) ? value : 'inherit';

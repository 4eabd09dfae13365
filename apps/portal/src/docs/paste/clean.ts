import { listOfParagraphs } from './word-lists.ts';

/** What may be kept of a pasted page; all else is unwrapped: its words stay, it goes. */
const kept = new Set(
  'a b strong i em u s del code pre blockquote h1 h2 h3 h4 h5 h6 p br hr ul ol li table thead tbody tr td th img input'.split(
    ' ',
  ),
);
/** What goes with all that is inside. */
const dropped =
  'script, style, meta, link, title, xml, iframe, object, embed, template, noscript, svg, colgroup';
const attributesKept: Record<string, readonly string[]> = {
  a: ['href'],
  img: ['src', 'alt'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start'],
  input: ['type', 'checked'],
};
const safeAddress = /^(https?:|mailto:|tel:)/i;
/** Pictures that travel inside the text: 4 MB of them, as base64. */
const inlinePicture = /^data:image\/(png|jpeg|gif|webp);base64,/i;

/** Whether a text was copied from Word or from Google Docs, whose pages say with styles what others say with elements. */
export function isOfficeHtml(html: string): boolean {
  return /class="?Mso|mso-|urn:schemas-microsoft-com|docs-internal-guid/i.test(html);
}

function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

function wrapIn(element: Element, tag: string): void {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.append(made);
}

/** Google Docs wraps everything in a `b` that is not bold, and says bold, italic and struck with styles. */
function sayStylesWithElements(body: HTMLElement): void {
  for (const element of body.querySelectorAll<HTMLElement>('b, strong')) {
    if (/(?<![\w-])font-weight:\s*(normal|400)/i.test(element.getAttribute('style') ?? '')) unwrap(element);
  }
  for (const element of body.querySelectorAll<HTMLElement>('span[style], a[style]')) {
    const style = element.getAttribute('style') ?? '';
    if (/(?<![\w-])font-weight:\s*(bold|[6-9]00)/i.test(style) && !element.closest('h1,h2,h3,h4,h5,h6'))
      wrapIn(element, 'strong');
    if (/(?<![\w-])font-style:\s*italic/i.test(style)) wrapIn(element, 'em');
    if (/(?<![\w-])text-decoration[^;]*line-through/i.test(style)) wrapIn(element, 's');
    if (/(?<![\w-])text-decoration[^;]*underline/i.test(style) && element.closest('a') === null)
      wrapIn(element, 'u');
  }
}

/** Titles that Word writes as paragraphs of a class, the largest first. */
function sayClassesWithElements(body: HTMLElement): void {
  const levels: Record<string, string> = { MsoTitle: 'h1', MsoSubtitle: 'h2', MsoQuote: 'blockquote' };
  for (const paragraph of body.querySelectorAll('p[class]')) {
    const named = [...paragraph.classList].find((name) => name in levels || /^MsoHeading[1-6]$/.test(name));
    if (named === undefined) continue;
    const made = body.ownerDocument.createElement(levels[named] ?? `h${named.slice(-1)}`);
    made.append(...paragraph.childNodes);
    paragraph.replaceWith(made);
  }
}

/** Google Docs puts an inner list beside the item that it belongs to; here it goes into it. */
function nestLists(body: HTMLElement): void {
  for (const list of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) {
    const before = list.previousElementSibling;
    if (before?.tagName === 'LI') before.append(list);
  }
  for (const item of body.querySelectorAll('li[role="checkbox"], li[aria-checked]')) {
    const box = body.ownerDocument.createElement('input');
    box.type = 'checkbox';
    if (item.getAttribute('aria-checked') === 'true') box.setAttribute('checked', '');
    item.querySelector(':scope > img, :scope > span > img')?.remove();
    item.prepend(box);
  }
  for (const only of body.querySelectorAll('li > p:only-of-type, td > p:only-child, th > p:only-child'))
    unwrap(only);
}

/** A picture of another site is not fetched by its readers' browsers: it becomes a link. One inside the text stays. */
function tamePictures(body: HTMLElement): void {
  for (const picture of body.querySelectorAll('img')) {
    const source = picture.getAttribute('src') ?? '';
    if (inlinePicture.test(source) || source.startsWith('/api/drive/files/')) continue;
    if (!safeAddress.test(source)) {
      picture.remove();
      continue;
    }
    const link = body.ownerDocument.createElement('a');
    link.setAttribute('href', source);
    link.textContent = picture.getAttribute('alt') || source;
    picture.replaceWith(link);
  }
}

function strip(body: HTMLElement): void {
  for (const element of [...body.querySelectorAll('*')].reverse()) {
    const tag = element.tagName.toLowerCase();
    if (!kept.has(tag)) {
      // A box that is not in a line still ends one.
      if (tag === 'div' && element.querySelector('p, div, table, ul, ol') === null) element.append('\n');
      unwrap(element);
      continue;
    }
    const allowed = attributesKept[tag] ?? [];
    for (const name of element.getAttributeNames())
      if (!allowed.includes(name)) element.removeAttribute(name);
    if (tag === 'a' && !safeAddress.test(element.getAttribute('href') ?? '')) unwrap(element);
    if (tag === 'input' && element.getAttribute('type') !== 'checkbox') element.remove();
  }
}

/** Comments, conditional ones of Word too. */
function removeComments(body: HTMLElement): void {
  const walk = body.ownerDocument.createTreeWalker(body, 128 /* NodeFilter.SHOW_COMMENT */);
  const found: Node[] = [];
  while (walk.nextNode()) found.push(walk.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
}

/**
 * A page pasted from Word, Google Docs or elsewhere as plain elements: headings, nested lists, tables, links, bold,
 * italic and pictures stay; styles, scripts, classes and whatever else goes. `parse` is the browser's own parser.
 */
export function cleanPasted(
  html: string,
  parse: (html: string) => Document = (text) => new DOMParser().parseFromString(text, 'text/html'),
): string {
  const { body } = parse(html);
  for (const element of body.querySelectorAll(dropped)) element.remove();
  removeComments(body);
  listOfParagraphs(body);
  sayClassesWithElements(body);
  sayStylesWithElements(body);
  nestLists(body);
  tamePictures(body);
  strip(body);
  for (const paragraph of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')) {
    const empty = (paragraph.textContent ?? '').replaceAll('\u00a0', ' ').trim() === '';
    if (empty && paragraph.querySelector('img') === null) paragraph.remove();
  }
  return body.innerHTML.trim();
}

/** Where a paragraph of Word stands in a list: `mso-list:l0 level2 lfo1`. */
const place = /mso-list:\s*l(\d+)\s+level(\d+)/i;
const numbered = /^\s*[([]?(?:\d+|[a-z]|[ivxlcdm]+)[.)\]]/i;
const levelMax = 9;

interface Entry {
  readonly paragraph: HTMLElement;
  readonly level: number;
  readonly tag: 'ol' | 'ul';
  readonly start: number;
}

/** The bullet or number that Word writes into the text itself is taken out, and tells which kind of list it is. */
function takeMarker(paragraph: HTMLElement): string {
  const marker = [...paragraph.querySelectorAll<HTMLElement>('span')].find((span) =>
    /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
  );
  const text = marker?.textContent ?? '';
  marker?.remove();
  return text.replaceAll('\u00a0', ' ').trim();
}

function entryOf(paragraph: HTMLElement): Entry | null {
  const found = place.exec(paragraph.getAttribute('style') ?? '');
  if (found === null) return null;
  const marker = takeMarker(paragraph);
  const tag = numbered.test(marker) ? 'ol' : 'ul';
  const level = Math.min(levelMax, Math.max(1, Number(found[2])));
  return { paragraph, level, tag, start: Number.parseInt(marker.replace(/^\D/, ''), 10) };
}

/** Lists that Word writes as a row of paragraphs, each with its level, become lists within lists. */
export function listOfParagraphs(body: HTMLElement): void {
  const make = (tag: string) => body.ownerDocument.createElement(tag);
  let open: { list: HTMLElement; item: HTMLElement; level: number }[] = [];
  let last: Element | null = null;
  for (const paragraph of body.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6')) {
    const entry = paragraph.tagName === 'P' ? entryOf(paragraph) : null;
    if (entry === null) {
      open = [];
      continue;
    }
    // Something else between two paragraphs ends the list.
    if (open.length > 0 && paragraph.previousElementSibling !== last) open = [];
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > entry.level) open.pop();
    const same = open.at(-1);
    const item = make('li');
    if (same?.level === entry.level && same.list.tagName.toLowerCase() === entry.tag) {
      same.list.append(item);
      same.item = item;
    } else {
      if (same?.level === entry.level) open.pop();
      const list = make(entry.tag);
      if (entry.tag === 'ol' && entry.start > 1) list.setAttribute('start', String(entry.start));
      list.append(item);
      const outer = open.at(-1);
      if (outer) outer.item.append(list);
      else {
        paragraph.before(list);
        last = list;
      }
      open.push({ list, item, level: entry.level });
    }
    item.append(...paragraph.childNodes);
    paragraph.remove();
  }
}

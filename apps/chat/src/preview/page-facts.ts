import { previewTextLengthMax, previewTitleLengthMax } from '@parvis/contract/limits';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What a page says of itself. */
export interface PageFacts {
  readonly title: string;
  readonly description: string | null;
  readonly site: string | null;
  /** Address of its picture, absolute. */
  readonly image: string | null;
}

/** Elements looked at: what describes a page stands at its beginning. */
const elementsMax = 4_000;
/** Controls, and the signs by which a text turns its reader around. */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is dropped
const unwanted = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/g;

function clean(text: string | undefined, lengthMax: number): string | null {
  const plain = (text ?? '').toWellFormed().replaceAll(unwanted, ' ').replaceAll(/\s+/g, ' ').trim();
  if (plain === '') return null;
  return plain.length > lengthMax ? `${plain.slice(0, lengthMax - 1).toWellFormed()}…` : plain;
}

function* elements(root: Node): Generator<Element> {
  const waiting: Node[] = [root];
  for (let seen = 0; waiting.length > 0 && seen < elementsMax; seen += 1) {
    const node = waiting.pop() as Node;
    if ('tagName' in node) yield node;
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
}

const attribute = ({ attrs }: Element, name: string) => attrs.find((one) => one.name === name)?.value;

const textIn = ({ childNodes }: Element) =>
  childNodes.map((node) => ('value' in node ? node.value : '')).join('');

/** Addresses that are longer are no addresses of pictures. */
const addressLengthMax = 2_000;

function pictureOf(metas: ReadonlyMap<string, string>, url: string): string | null {
  const named = metas.get('og:image:secure_url') ?? metas.get('og:image') ?? metas.get('twitter:image');
  const found = named === undefined || named.length > addressLengthMax ? null : URL.parse(named.trim(), url);
  return found !== null && /^https?:$/.test(found.protocol) ? found.href : null;
}

/**
 * The title, description and picture of an HTML page at an address, as text; null when it has no title. Nothing in the
 * page is run.
 */
export function factsOf(html: string, url: string): PageFacts | null {
  const metas = new Map<string, string>();
  let title: string | undefined;
  for (const element of elements(parse(html))) {
    if (element.tagName === 'title') title ??= textIn(element);
    if (element.tagName !== 'meta') continue;
    const name = (attribute(element, 'property') ?? attribute(element, 'name'))?.toLowerCase();
    const content = attribute(element, 'content');
    if (name !== undefined && content !== undefined && !metas.has(name)) metas.set(name, content);
  }
  const named = clean(metas.get('og:title') ?? title, previewTitleLengthMax);
  if (named === null) return null;
  return {
    title: named,
    description: clean(metas.get('og:description') ?? metas.get('description'), previewTextLengthMax),
    site: clean(metas.get('og:site_name'), previewTitleLengthMax),
    image: pictureOf(metas, url),
  };
}

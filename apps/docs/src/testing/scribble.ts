import { fragmentName } from '@parvis/document/version';
import * as Y from 'yjs';

/** Numbers from 0 up to 1, always the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const letters = ['a', 'é', 'ع', '字', '😀', '👩‍💻', ' ', 'ligne '];
const pick = <T>(from: readonly T[], random: () => number): T =>
  from[Math.floor(random() * from.length)] as T;

/** All containers of blocks, at every depth. */
function containersOf(parent: Y.XmlFragment | Y.XmlElement): Y.XmlElement[] {
  return parent.toArray().flatMap((one) => {
    if (!(one instanceof Y.XmlElement)) return [];
    const below = containersOf(one);
    return one.nodeName === 'blockContainer' ? [one, ...below] : below;
  });
}

export const blockIds = (doc: Y.Doc): string[] =>
  containersOf(doc.getXmlFragment(fragmentName)).map((one) => String(one.getAttribute('id')));

/** Content as one string, with formats. */
export const contentOf = (doc: Y.Doc): string => doc.getXmlFragment(fragmentName).toString();

function textOf(container: Y.XmlElement): Y.XmlText | null {
  const block = container.get(0);
  const text = block instanceof Y.XmlElement && block.length > 0 ? block.get(0) : null;
  return text instanceof Y.XmlText ? text : null;
}

/** Positions that do not lie within a surrogate pair: half of one is not text, and is shown differently on two sides. */
function places(text: Y.XmlText): number[] {
  const delta = text.toDelta() as { insert: string }[];
  const found = [0];
  for (const letter of delta.map(({ insert }) => insert).join(''))
    found.push((found.at(-1) ?? 0) + letter.length);
  return found;
}

function aBlock(id: string, words: string): Y.XmlElement {
  const container = new Y.XmlElement('blockContainer');
  container.setAttribute('id', id);
  const block = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  text.insert(0, words);
  block.insert(0, [text]);
  container.insert(0, [block]);
  return container;
}

function scribbleText(text: Y.XmlText, random: () => number): void {
  const known = places(text);
  const first = Math.floor(random() * known.length);
  const last = Math.min(known.length - 1, first + Math.floor(random() * 6));
  const [start, end] = [known[first] ?? 0, known[last] ?? 0];
  const choice = random();
  if (choice < 0.6 || end === start) text.insert(start, pick(letters, random));
  else if (choice < 0.85) text.delete(start, end - start);
  else text.format(start, end - start, { bold: random() < 0.5 ? {} : null });
}

/** One edit as people make them: words, formats, blocks that come, go and are nested. `id` is unused so far. */
export function scribble(doc: Y.Doc, random: () => number, id: string): void {
  const group = doc.getXmlFragment(fragmentName).get(0);
  if (!(group instanceof Y.XmlElement)) return;
  const containers = containersOf(group);
  const choice = random();
  const one = containers.length > 0 ? pick(containers, random) : null;
  doc.transact(() => {
    if (one === null || choice < 0.12) {
      group.insert(Math.floor(random() * (group.length + 1)), [aBlock(id, pick(letters, random))]);
    } else if (choice < 0.16) {
      const nested = new Y.XmlElement('blockGroup');
      nested.insert(0, [aBlock(id, pick(letters, random))]);
      one.push([nested]);
    } else if (choice < 0.21 && group.length > 1) {
      group.delete(Math.floor(random() * group.length), 1);
    } else {
      const text = textOf(one);
      if (text) scribbleText(text, random);
    }
  });
}

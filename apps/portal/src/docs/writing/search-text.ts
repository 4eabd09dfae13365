/** How a text is looked for. */
export interface SearchWish {
  readonly words: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  /** The words are a regular expression. */
  readonly pattern: boolean;
  /** An accent, a vowel sign or the seat of a hamza makes a difference. */
  readonly accents: boolean;
}

/** Where something was found in a text: from the first character to before the second. */
export type Found = readonly [from: number, to: number];
export type Search = (text: string) => Found[];

/** Found in one block at most: more would be a wall of marks, and nobody's answer. */
const foundMax = 10_000;
/** The stretching stroke of Arabic, which says nothing. */
const tatweel = 'ـ';

interface Folded {
  readonly text: string;
  /** For each character of the folded text, and for its end, where it stands in the original. */
  readonly places: readonly number[];
}

/** A text without accents and vowel signs; an alef is an alef whatever it carries. */
function fold(text: string): Folded {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain =
      letter === tatweel
        ? ''
        : letter.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('\u0671', '\u0627');
    folded += plain;
    for (let index = 0; index < plain.length; index++) places.push(at);
    at += letter.length;
  }
  places.push(at);
  return { text: folded, places };
}

const isWordy = /[\p{L}\p{N}\p{M}_]/u;
function standsAlone(text: string, from: number, to: number): boolean {
  return !isWordy.test(text.slice(0, from).slice(-1)) && !isWordy.test(text.charAt(to));
}

/** The search as a function of a text; null when the words are empty, or no pattern at all. */
export function searchFor(wish: SearchWish): Search | null {
  if (wish.words === '') return null;
  const words = wish.accents ? wish.words : fold(wish.words).text;
  if (words === '') return null;
  let expression: RegExp;
  try {
    const source = wish.pattern ? words : words.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
    expression = new RegExp(source, `gu${wish.matchCase ? '' : 'i'}`);
  } catch {
    return null;
  }
  return (text) => {
    const { text: searched, places } = wish.accents ? { text, places: null } : fold(text);
    const found: Found[] = [];
    for (const match of searched.matchAll(expression)) {
      if (match[0] === '' || found.length >= foundMax) continue;
      const [start, end] = [match.index, match.index + match[0].length];
      if (wish.wholeWord && !standsAlone(searched, start, end)) continue;
      // The signs that a letter carries are part of what was found.
      found.push([places?.[start] ?? start, places?.[end] ?? end]);
    }
    return found;
  };
}

/** What stands in place of a match; in a pattern `$1` is what its first group found. */
export function replacementOf(wish: SearchWish, match: string, by: string): string {
  if (!wish.pattern) return by;
  try {
    return match.replace(new RegExp(wish.words, `u${wish.matchCase ? '' : 'i'}`), by);
  } catch {
    return by;
  }
}

import { searchKey } from '@parvis/access/titles';

/** The three languages of the house, each with a text search configuration of PostgreSQL. */
export interface ByLanguage {
  readonly french: string;
  readonly english: string;
  readonly arabic: string;
}

const word = /[\p{L}\p{M}\p{N}]+/gu;
const arabicLetter = /\p{Script=Arabic}/u;
/** The article and what is written together with it: PostgreSQL's stemmer does not undo `وال` and `لل`. */
const article = /^[وف]?(ال|بال|كال|لل)(?=.{3})/u;
/** Small words by which a line of Latin letters tells its language, as they are after folding. */
const frenchWords = new Set(
  'le la les de des du un une et est pour dans sur au aux par avec qui que ce cette'.split(' '),
);
const englishWords = new Set(
  'the of and to in is are for on with by this that be was at from it as will'.split(' '),
);
/** PostgreSQL refuses a word of more than 2,046 bytes; no word that people write is half as long as this. */
const wordLengthMax = 100;

/** Words folded lately: a text says the same ones again and again, and folding one takes longer than finding it here. */
const folds = new Map<string, string>();
const foldsMax = 50_000;

/** A word as the index and a search compare it: no case, no accents, no Arabic article. */
function fold(text: string): string {
  const known = folds.get(text);
  if (known !== undefined) return known;
  const folded = searchKey(text).replace(article, '').slice(0, wordLengthMax);
  if (folds.size >= foldsMax) folds.clear();
  folds.set(text, folded);
  return folded;
}

export interface Word {
  readonly folded: string;
  /** Characters (UTF-16) from the beginning of the text. */
  readonly from: number;
  readonly to: number;
}

/** The words of a text with their places. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(word)].flatMap((match) => {
    const folded = fold(match[0]);
    return folded === '' ? [] : [{ folded, from: match.index, to: match.index + match[0].length }];
  });
}

/**
 * Folded words, sorted by the language of each line; a line that does not tell has that of the most others. Of a text that
 * does not tell at all `unsureOf` says whether it is French, or both that and English.
 */
export function byLanguage(lines: readonly string[], unsureOf: 'french' | 'both' = 'french'): ByLanguage {
  const parts = { french: [] as string[], english: [] as string[], arabic: [] as string[] };
  const unsure: string[] = [];
  let lean = 0;
  for (const line of lines) {
    const latin: string[] = [];
    for (const { folded } of wordsOf(line)) (arabicLetter.test(folded) ? parts.arabic : latin).push(folded);
    if (latin.length === 0) continue;
    const french = latin.filter((one) => frenchWords.has(one)).length;
    const english = latin.filter((one) => englishWords.has(one)).length;
    lean += Math.sign(french - english);
    if (french === english) unsure.push(...latin);
    else parts[french > english ? 'french' : 'english'].push(...latin);
  }
  parts[lean < 0 ? 'english' : 'french'].push(...unsure);
  if (lean === 0 && unsureOf === 'both') parts.english.push(...unsure);
  return {
    french: parts.french.join(' '),
    english: parts.english.join(' '),
    arabic: parts.arabic.join(' '),
  };
}

import type { Stretch } from '@parvis/contract/doc-search';
import { type Word, wordsOf } from './words.ts';

/** Characters shown around the first word that answers, and of one context in all. */
const beforeMax = 60;
const contextMax = 220;
/** Letters that a word may have beyond the stem that it is found by. */
const endingMax = 6;

/** The stems of a query, and the word that may be half written. */
export interface Sought {
  readonly stems: readonly string[];
  readonly prefix: string;
  /** Number of words that were asked for. */
  readonly count: number;
  readonly seen: Map<string, boolean>;
}

/** Words that were looked at, with the answer: a text says the same ones again and again. */
const seenMax = 20_000;

function answers({ folded }: Word, sought: Sought): boolean {
  const known = sought.seen.get(folded);
  if (known !== undefined) return known;
  if (sought.seen.size > seenMax) sought.seen.clear();
  const answer = isSought(folded, sought);
  sought.seen.set(folded, answer);
  return answer;
}

function isSought(folded: string, { stems, prefix }: Sought): boolean {
  if (prefix !== '' && folded.startsWith(prefix)) return true;
  // Stemmers of the three languages cut endings; the Arabic one cuts a letter or two before the word as well.
  return stems.some((stem) => {
    const at = folded.indexOf(stem);
    return (
      at >= 0 &&
      at <= (/^\p{Script=Arabic}/u.test(stem) ? 2 : 0) &&
      folded.length - at - stem.length <= endingMax
    );
  });
}

/** A text in stretches, those that answer marked; neighbours that both answer stay apart. */
export function marked(text: string, sought: Sought): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const word of wordsOf(text)) {
    if (!answers(word, sought)) continue;
    if (word.from > at) stretches.push({ text: text.slice(at, word.from), marked: false });
    stretches.push({ text: text.slice(word.from, word.to), marked: true });
    at = word.to;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), marked: false });
  return stretches;
}

/** A place between words near a position, so that no word is cut. */
function gapNear(text: string, at: number, direction: 1 | -1): number {
  let place = at;
  while (place > 0 && place < text.length && !/\s/.test(text[place] as string)) place += direction;
  return place;
}

/** The part of a line around the first word that answers. */
function cut(line: string, sought: Sought): string {
  if (line.length <= contextMax) return line;
  const first = wordsOf(line).find((word) => answers(word, sought))?.from ?? 0;
  const from = first <= beforeMax ? 0 : gapNear(line, first - beforeMax, -1);
  const to = gapNear(line, Math.min(line.length, from + contextMax), -1);
  return `${from > 0 ? '… ' : ''}${line.slice(from, Math.max(to, first)).trim()}${to < line.length ? ' …' : ''}`;
}

/** The line that answers best, and where it stands; null when none does. */
export function context(
  lines: readonly string[],
  sought: Sought,
): { at: number; stretches: Stretch[] } | null {
  let best = { at: -1, count: 0 };
  for (const [at, line] of lines.entries()) {
    const stems = new Set<string>();
    for (const word of wordsOf(line)) if (answers(word, sought)) stems.add(word.folded);
    if (stems.size > best.count) best = { at, count: stems.size };
    if (best.count >= sought.count) break;
  }
  const line = lines[best.at];
  return line === undefined ? null : { at: best.at, stretches: marked(cut(line, sought), sought) };
}

/** The stems that stand in a tsquery as PostgreSQL writes it: `'decis' | 'budget':*`. */
export function stemsIn(asked: string): string[] {
  return [...new Set([...asked.matchAll(/'([^']+)'/g)].flatMap((match) => match[1] ?? []))];
}

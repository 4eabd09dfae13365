/** Words a minute that people read, by language: Arabic is read a little slower. */
const readPerMinute = { fr: 220, en: 230, ar: 180 } as const;

export interface Count {
  readonly words: number;
  /** As people count them: an accent belongs to its letter. */
  readonly characters: number;
}

const segmenters = new Map<string, Intl.Segmenter>();
function segmenter(locale: string, granularity: 'word' | 'grapheme'): Intl.Segmenter {
  const key = `${locale} ${granularity}`;
  const made = segmenters.get(key) ?? new Intl.Segmenter(locale, { granularity });
  segmenters.set(key, made);
  return made;
}

/** Counts the words and characters of a text. What is written with an apostrophe in French counts as its two words. */
export function countText(text: string, locale: string): Count {
  let words = 0;
  for (const { isWordLike } of segmenter(locale, 'word').segment(text)) if (isWordLike) words += 1;
  // oxlint-disable-next-line eslint/no-control-regex -- plain ASCII needs no segmenter
  if (/^[\u0000-\u007f]*$/.test(text)) return { words, characters: text.length };
  let characters = 0;
  for (const _ of segmenter(locale, 'grapheme').segment(text)) characters += 1;
  return { words, characters };
}

/** Minutes that reading takes, one at least when there is anything to read. */
export function minutesToRead(words: number, locale: 'fr' | 'en' | 'ar'): number {
  return words === 0 ? 0 : Math.max(1, Math.round(words / readPerMinute[locale]));
}

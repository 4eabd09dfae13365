/**
 * The form of a title or name that search and order compare: no case, no accents, no Arabic vowel signs, and the
 * letters that Arabic writers use one for another made one. `Étude` is found by `etude`, `إدارة` by `اداره`.
 */
export function searchKey(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replace(/[ٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text as a literal inside a LIKE pattern. */
export function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

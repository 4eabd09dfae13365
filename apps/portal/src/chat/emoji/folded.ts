/** Without case, accents, vowel marks of Arabic, and with one kind of alif. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\p{M}ـ]/gu, '')
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll('œ', 'oe')
    .replaceAll('’', "'")
    .toLowerCase();
}

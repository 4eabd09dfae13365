const lettersOfCode = 10;

/** The code of a meeting in what was typed or pasted: the code however it is spaced, or a link to it; else null. */
export function codeIn(text: string): string | null {
  const part = /\/m\/([^/?#]+)/.exec(text)?.[1] ?? text;
  const letters = part.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (letters.length !== lettersOfCode) return null;
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
}

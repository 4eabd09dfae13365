/** The editor's named colours, as text and as ground; Word and LibreOffice know hexadecimal only. */
const named: readonly (readonly [name: string, text: string, ground: string])[] = [
  ['gray', '9b9a97', 'ebeced'],
  ['brown', '64473a', 'e9e5e3'],
  ['red', 'e03e3e', 'fbe4e4'],
  ['orange', 'd9730d', 'f6e9d9'],
  ['yellow', 'dfab01', 'fbf3db'],
  ['green', '4d6461', 'ddedea'],
  ['blue', '0b6e99', 'ddebf1'],
  ['purple', '6940a5', 'eae4f2'],
  ['pink', 'ad1a72', 'f4dfeb'],
];

/** Six hexadecimal digits of a colour by its name, or null. */
export function hexOf(name: string, ground: boolean): string | null {
  const found = named.find(([one]) => one === name);
  return found === undefined ? null : ground ? found[2] : found[1];
}

/** The name of the colour with these digits; null for others, which are not kept. */
export function nameOf(hex: string, ground: boolean): string | null {
  const wanted = hex.replace('#', '').toLowerCase();
  return named.find(([, text, fill]) => (ground ? fill : text) === wanted)?.[0] ?? null;
}

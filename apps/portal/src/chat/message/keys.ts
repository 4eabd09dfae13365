/** The letter of a key, also on a keyboard of Arabic letters: then it is the one that stands there on a Latin one. */
export function keyOf(event: { readonly key: string; readonly code: string }): string {
  if (/^[ -~]$/.test(event.key)) return event.key.toLowerCase();
  if (event.key.length === 1 && event.code.startsWith('Key')) return event.code.slice(3).toLowerCase();
  return event.key === 'Backspace' ? 'delete' : event.key.toLowerCase();
}

/** A key as it is shown. */
export function shownKey(key: string): string {
  return key === 'delete' ? 'Del' : key.toUpperCase();
}

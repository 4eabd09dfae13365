const key = (personId: string) => `parvis-searches-${personId}`;
const recentMax = 8;

/** What this person looked for lately on this browser, newest first. */
export function recentSearches(personId: string): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(key(personId)) ?? '[]') as unknown;
    return Array.isArray(kept)
      ? kept.filter((one): one is string => typeof one === 'string').slice(0, recentMax)
      : [];
  } catch {
    // Nothing is kept where the browser keeps nothing.
    return [];
  }
}

/** Remembers a search; it stays on this browser. */
export function rememberSearch(personId: string, text: string): void {
  const asked = text.trim();
  if (asked === '') return;
  try {
    const others = recentSearches(personId).filter((one) => one !== asked);
    localStorage.setItem(key(personId), JSON.stringify([asked, ...others].slice(0, recentMax)));
  } catch {
    // As above.
  }
}

export function forgetSearches(personId: string): void {
  try {
    localStorage.removeItem(key(personId));
  } catch {
    // As above.
  }
}

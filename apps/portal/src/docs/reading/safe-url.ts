/** Schemes that a link in a text may have; anything else could run as a script. */
const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** An address that may stand in a page: of this site, or of a scheme that only leads somewhere; null for all others. */
export function safeUrl(url: string): string | null {
  if (/^\/(?![/\\])/.test(url) || url.startsWith('#')) return url;
  try {
    return schemes.has(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

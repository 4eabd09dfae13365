/** Keys that open something from the first moment on: with Ctrl or ⌘. */
type EarlyKey = 'k' | '/';

interface Early {
  /** Those that were pressed and are not answered yet. */
  readonly pressed: EarlyKey[];
  /** Those that a part of the page answers by itself now. */
  readonly answered: Partial<Record<EarlyKey, true>>;
}

/**
 * Runs before anything else of the page is there, as plain text in it: it remembers the keys that people press while the
 * page's own code is on its way, and keeps the browser from answering them.
 */
export const earlyKeysScript = `(() => {
  const early = { pressed: [], answered: {} };
  window.parvisEarly = early;
  addEventListener('keydown', (event) => {
    const key = event.key.toLowerCase();
    const wanted = (key === 'k' && !event.shiftKey) || key === '/';
    if (!wanted || !(event.ctrlKey || event.metaKey) || event.altKey || early.answered[key]) return;
    event.preventDefault();
    if (!early.pressed.includes(key)) early.pressed.push(key);
  }, true);
})();`;

/** From now on the caller answers this key. Returns whether it was pressed before. */
export function takeEarlyKey(key: EarlyKey): boolean {
  const early = (window as { parvisEarly?: Early }).parvisEarly;
  if (early === undefined || early.answered[key]) return false;
  early.answered[key] = true;
  return early.pressed.includes(key);
}

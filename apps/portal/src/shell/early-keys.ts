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
 * page's own code is on its way, and keeps the browser from answering them. A button that is pressed before it is alive
 * is pressed once more when it is; of several the last one counts. React marks each node that it has taken over with
 * properties of its own: nothing else tells of a single one, since a page comes alive part by part.
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
  const everyMs = 50;
  const waitsMsMax = 30000;
  const isAlive = (node) => Object.keys(node).some((name) => name.startsWith('__react'));
  let last = null;
  addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    last = button;
    if (!button || button.type !== 'button' || isAlive(button)) return;
    const end = Date.now() + waitsMsMax;
    const look = () => {
      if (last !== button || !button.isConnected || Date.now() > end) return;
      if (isAlive(button)) button.click();
      else setTimeout(look, everyMs);
    };
    look();
  }, true);
})();`;

/** From now on the caller answers this key. Returns whether it was pressed before. */
export function takeEarlyKey(key: EarlyKey): boolean {
  const early = (window as { parvisEarly?: Early }).parvisEarly;
  if (early === undefined || early.answered[key]) return false;
  early.answered[key] = true;
  return early.pressed.includes(key);
}

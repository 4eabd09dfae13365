/** Milliseconds after which the page is taken for idle even if it never says so. */
const idleMsMax = 3_000;

/** Acts once the page has nothing else to do; answers the way to call it off. */
export function whenIdle(act: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const handle = window.requestIdleCallback(act, { timeout: idleMsMax });
    return () => window.cancelIdleCallback(handle);
  }
  const timer = setTimeout(act, idleMsMax / 2);
  return () => clearTimeout(timer);
}

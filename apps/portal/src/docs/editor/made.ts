/** Milliseconds within which what was made here is drawn, and within which it may be drawn again. */
const drawnMsMax = 10_000;
const againMs = 500;
let made: { kind: string; at: number } | null = null;

/** A person has just made an empty thing of this kind here: the one that is drawn next opens to be filled. */
export function noteMade(kind: 'formula' | 'math' | 'embed'): void {
  made = { kind, at: Date.now() };
}

/** Whether that is so. The editor may draw a thing twice while it finds its place: both are told. */
export function takeMade(kind: 'formula' | 'math' | 'embed'): boolean {
  const mine = made;
  if (mine?.kind !== kind || Date.now() - mine.at > drawnMsMax) return false;
  setTimeout(() => {
    if (made === mine) made = null;
  }, againMs);
  return true;
}

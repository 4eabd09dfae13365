/** Milliseconds within which what was made here has been drawn. */
const drawnMsMax = 10_000;
let made: { kind: string; at: number } | null = null;

/** A person has just made an empty thing of this kind here: the one that is drawn next opens to be filled. */
export function noteMade(kind: 'formula' | 'math' | 'embed'): void {
  made = { kind, at: Date.now() };
}

/** Whether that is so, once. */
export function takeMade(kind: 'formula' | 'math' | 'embed'): boolean {
  if (made?.kind !== kind || Date.now() - made.at > drawnMsMax) return false;
  made = null;
  return true;
}

import type { Proposal } from './found.ts';

interface Held {
  readonly found: readonly Proposal[];
  readonly at: number;
  readonly setAt: (at: number) => void;
  readonly choose: (proposal: Proposal) => void;
  readonly close: () => void;
  readonly empty: boolean;
  readonly onCancel?: (() => void) | undefined;
  readonly onUp?: (() => boolean) | undefined;
}

/** Keys that are not the text's own. Answers whether the key was taken. */
export function takeKey(event: KeyboardEvent, held: Held): boolean {
  if (inList(event, held)) return true;
  if (event.key === 'Escape' && held.onCancel) {
    event.stopPropagation();
    held.onCancel();
    return true;
  }
  return event.key === 'ArrowUp' && held.empty && (held.onUp?.() ?? false);
}

/** Keys of the list of names while it is open. A command that stands there whole is given, not written again. */
function inList(event: KeyboardEvent, { found, at, setAt, choose, close }: Held): boolean {
  const chosen = found[at];
  if (chosen === undefined || event.shiftKey) return false;
  switch (event.key) {
    case 'ArrowDown':
      setAt((at + 1) % found.length);
      return true;
    case 'ArrowUp':
      setAt((at + found.length - 1) % found.length);
      return true;
    case 'Enter':
      if (chosen.kind === 'command' && chosen.whole) return false;
      choose(chosen);
      return true;
    case 'Tab':
      choose(chosen);
      return true;
    case 'Escape':
      event.stopPropagation();
      close();
      return true;
    default:
      return false;
  }
}

/** Gives the focus to the first field of what has just opened: as a `ref` of what holds it. */
export function focusField(holder: HTMLElement | null): void {
  holder?.querySelector('input')?.focus();
}

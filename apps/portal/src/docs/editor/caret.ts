/** A colleague's caret: their colour and name, shown while they move. */
export function caret(user: { id?: string; name: string; color: string }): HTMLElement {
  const line = document.createElement('span');
  line.className = 'docs-caret';
  if (user.id !== undefined) line.dataset.person = user.id;
  line.style.setProperty('--caret', user.color);
  const label = document.createElement('bdi');
  label.className = 'docs-caret-name';
  label.textContent = user.name;
  line.append(label);
  return line;
}

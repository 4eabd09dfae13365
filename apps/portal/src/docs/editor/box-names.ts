import { createExtension, type ExtensionOptions } from '@blocknote/core';
import type { Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** ProseMirror's own watch over the page, which takes any change that it has not made for typing. */
interface Watched {
  domObserver?: { stop(): void; start(): void };
}

/** What of a document is not as it was before, as positions in the new one; null when nothing is. */
function changed(before: Node, now: Node): { from: number; to: number } | null {
  const from = before.content.findDiffStart(now.content);
  if (from === null) return null;
  const end = now.content.size;
  const to = before.content.findDiffEnd(now.content)?.b ?? end;
  return { from: Math.max(0, Math.min(from, to) - 1), to: Math.min(end, Math.max(from, to) + 1) };
}

/** Names the boxes between two positions: only what has changed is looked at, however long the text is. */
function nameBoxes(view: EditorView, from: number, to: number, fallback: string): void {
  const wrong: { input: Element; words: string }[] = [];
  view.state.doc.nodesBetween(from, to, (node, position) => {
    if (node.type.name !== 'checkListItem')
      return node.type.name.startsWith('b') || node.type.name.startsWith('col');
    const block = view.nodeDOM(position);
    const input = block instanceof Element ? block.querySelector('input[type="checkbox"]') : null;
    const written = node.textContent.trim();
    const words = written === '' ? fallback : written;
    if (input !== null && input.getAttribute('aria-label') !== words) wrong.push({ input, words });
    return false;
  });
  write(view, wrong);
}

/** Names the boxes in what was drawn anew, which happens without a change of the text too. */
function nameDrawn(view: EditorView, records: readonly MutationRecord[], fallback: string): void {
  const wrong = records
    .flatMap(({ addedNodes }) => [...addedNodes])
    .filter((node): node is Element => node instanceof Element)
    .flatMap((node) => [...(node.matches(boxes) ? [node] : []), ...node.querySelectorAll(boxes)])
    .map((input) => {
      const written = input.parentElement?.nextElementSibling?.textContent?.trim() ?? '';
      return { input, words: written === '' ? fallback : written };
    })
    .filter(({ input, words }) => input.getAttribute('aria-label') !== words);
  write(view, wrong);
}

const boxes = '[data-content-type="checkListItem"] input[type="checkbox"]';

function write(view: EditorView, wrong: readonly { input: Element; words: string }[]): void {
  if (wrong.length === 0) return;
  const { domObserver } = view as unknown as Watched;
  domObserver?.stop();
  for (const { input, words } of wrong) input.setAttribute('aria-label', words);
  domObserver?.start();
}

/** The boxes of check lists have no name of their own; each gets the words beside it. */
export const boxNames = createExtension(({ options }: ExtensionOptions<{ fallback: string }>) => ({
  key: 'parvisBoxNames',
  prosemirrorPlugins: [
    new Plugin({
      view(made) {
        nameBoxes(made, 0, made.state.doc.content.size, options.fallback);
        // Typing changes the words of a line and draws no element: it costs nothing here.
        const drawn = new MutationObserver((records) => nameDrawn(made, records, options.fallback));
        drawn.observe(made.dom, { childList: true, subtree: true });
        return {
          destroy: () => drawn.disconnect(),
          update(view, { doc }) {
            if (doc === view.state.doc) return;
            const range = changed(doc, view.state.doc);
            if (range !== null) nameBoxes(view, range.from, range.to, options.fallback);
          },
        };
      },
    }),
  ],
}));

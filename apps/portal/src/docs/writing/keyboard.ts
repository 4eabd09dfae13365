import { createExtension, type ExtensionOptions } from '@blocknote/core';
import type { ResolvedPos } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { announce } from './announce.ts';

/** What the keyboard asks of the page around the text. */
export interface KeyboardPage {
  readonly say: (key: 'leave' | 'level' | 'moved', values?: { level?: number; words?: string }) => string;
}

/** The element that holds the tools of the text. */
export const toolbarSelector = '[data-docs-toolbar]';

interface Block {
  readonly id: string;
  readonly level: number;
  readonly above: string;
}

/** The block of a position, how deep it lies, and which one stands before it. */
function blockAt(position: ResolvedPos): Block | null {
  for (let depth = position.depth; depth > 0; depth--) {
    const node = position.node(depth);
    if (node.type.name !== 'blockContainer') continue;
    let level = 0;
    for (let outer = depth; outer > 0; outer--)
      if (position.node(outer).type.name === 'blockGroup') level += 1;
    const index = position.index(depth - 1);
    const before = index === 0 ? position.node(depth - 1) : position.node(depth - 1).child(index - 1);
    return { id: String(node.attrs.id), level, above: String(before.attrs.id ?? '') };
  }
  return null;
}

/** Says in words what the eye sees: that the block of the cursor went in or out, up or down. */
function tellChange(view: EditorView, before: Block | null, say: KeyboardPage['say']): Block | null {
  const now = blockAt(view.state.selection.$head);
  if (now === null || before === null || now.id !== before.id || !view.hasFocus()) return now;
  if (now.level !== before.level) announce(say('level', { level: now.level }));
  else if (now.above !== before.above) {
    const words = view.state.selection.$head.parent.textContent.slice(0, 40);
    announce(say('moved', { words }));
  }
  return now;
}

/**
 * The way out: Tab moves blocks in and out, so Escape first lets the next Tab go on to what follows the text. Alt+F10
 * goes to the tools. The browser does the rest: the key is kept from the editor.
 */
function watchKeys(view: EditorView, say: KeyboardPage['say']): () => void {
  let leaving = false;
  const frame = view.dom;
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && leaving) {
      event.stopImmediatePropagation();
      return;
    }
    if (event.key === 'F10' && event.altKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      document.querySelector<HTMLElement>(`${toolbarSelector} [tabindex="0"]`)?.focus();
      return;
    }
    const wasLeaving = leaving;
    // An Escape that closes a menu of the text closes that, and no more.
    const inMenu = frame.hasAttribute('aria-activedescendant');
    leaving = (event.key === 'Escape' && !inMenu) || (leaving && event.key === 'Shift');
    if (leaving && !wasLeaving) announce(say('leave'));
  };
  const onFocus = () => {
    leaving = false;
  };
  frame.addEventListener('keydown', onKey, { capture: true });
  frame.addEventListener('focus', onFocus);
  return () => {
    frame.removeEventListener('keydown', onKey, { capture: true });
    frame.removeEventListener('focus', onFocus);
  };
}

/** What the keyboard and a screen reader need of the editor beyond what it has. */
export const keyboard = createExtension(({ options }: ExtensionOptions<KeyboardPage>) => ({
  key: 'parvisKeyboard',
  prosemirrorPlugins: [
    new Plugin({
      view(view) {
        const stop = watchKeys(view, options.say);
        let last = blockAt(view.state.selection.$head);
        return {
          update(now, before) {
            if (now.state === before) return;
            last =
              now.state.doc === before.doc
                ? blockAt(now.state.selection.$head)
                : tellChange(now, last, options.say);
          },
          destroy: stop,
        };
      },
    }),
  ],
}));

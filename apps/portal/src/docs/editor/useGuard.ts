'use client';
import { strangeIn, watchForStrange } from '@parvis/document/guard';
import { useEffect, useState } from 'react';
import { ySyncPluginKey } from 'y-prosemirror';
import type * as Y from 'yjs';
import type { DocumentEditor } from './document-editor.ts';

/** What binds an editor to the shared text, as far as it has to be stopped. */
interface Binding {
  destroy(): void;
  _prosemirrorChanged(): void;
}

/**
 * Whether the editor may be bound to the shared text: `waiting` until that is looked at, `strange` once the text holds
 * what the schema does not know, from the start or by somebody's change. A bound editor would delete it for everybody,
 * so it is let go before it hears of the change.
 */
export function useGuard(editor: DocumentEditor, fragment: Y.XmlFragment): 'waiting' | 'known' | 'strange' {
  const [state, setState] = useState<'waiting' | 'known' | 'strange'>('waiting');
  useEffect(() => {
    const schema = editor.pmSchema as unknown as Parameters<typeof strangeIn>[1];
    if (strangeIn(fragment, schema) !== null) {
      setState('strange');
      return;
    }
    // Watched from before the editor is on the page until it is gone.
    setState('known');
    return watchForStrange(fragment, schema, () => {
      letGo(editor);
      setState('strange');
    });
  }, [editor, fragment]);
  return state;
}

/** Parts an editor from the shared text, at once and for good: it neither hears nor writes any more. */
function letGo(editor: DocumentEditor): void {
  const view = editor.prosemirrorView;
  const state = view && (ySyncPluginKey.getState(view.state as never) as { binding?: Binding } | undefined);
  if (!state?.binding) return;
  state.binding.destroy();
  // A parted binding would still write what stands in its editor over the shared text, at the next press of a key.
  state.binding._prosemirrorChanged = () => undefined;
}

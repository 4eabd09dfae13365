'use client';
import type { EditorState } from 'prosemirror-state';
import { useCallback, useSyncExternalStore } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';

/**
 * A fact about the editor's state, asked after each of its transactions. The component is drawn again only when the
 * fact is another (by ===): answer a string or a number, or what the state itself keeps.
 */
export function useEditorState<T>(editor: DocumentEditor | null, ask: (state: EditorState) => T, none: T): T {
  const subscribe = useCallback(
    (tell: () => void) => {
      const tiptap = editor?._tiptapEditor;
      tiptap?.on('transaction', tell);
      return () => void tiptap?.off('transaction', tell);
    },
    [editor],
  );
  return useSyncExternalStore(
    subscribe,
    () => (editor === null ? none : ask(editor.prosemirrorState)),
    () => none,
  );
}

'use client';
import type { EditorState, Transaction } from 'prosemirror-state';
import { useEffect, useState } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';

export const modes = ['editing', 'suggesting', 'viewing'] as const;
export type Mode = (typeof modes)[number];

interface View {
  readonly state: EditorState;
  dispatch(tr: Transaction): void;
}
/** The compiler sees ProseMirror's types twice, for import and for require. */
export const viewOf = (editor: DocumentEditor) => editor.prosemirrorView as unknown as View | undefined;

/** How the person takes part in the text on this page: it begins with editing on each visit. */
export function useModes(editor: DocumentEditor | null, personId: string) {
  const [mode, setMode] = useState<Mode>('editing');
  useEffect(() => {
    const view = editor === null ? undefined : viewOf(editor);
    if (view === undefined) return;
    const person = mode === 'suggesting' ? personId : null;
    void import('./plugin.ts').then((part) => view.dispatch(part.setMode(view.state, person)));
  }, [editor, mode, personId]);
  return { mode, setMode };
}

'use client';
import '@blocknote/mantine/style.css';
import { ar, en, fr } from '@blocknote/core/locales';
import { withCollaboration } from '@blocknote/core/yjs';
import { BlockNoteView } from '@blocknote/mantine';
import { useCreateBlockNote } from '@blocknote/react';
import type { Document } from '@parvis/contract/docs';
import type { Person } from '@parvis/contract/shape';
import { documentSchema } from '@parvis/document/schema';
import { fragmentName } from '@parvis/document/version';
import { hueOf } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { DocumentConnection } from '../connection.ts';
import { caret } from './caret.ts';
import { EditorControls } from './controls.tsx';
import type { DocumentEditor } from './document-editor.ts';
import { editorExtensions } from './extensions.ts';
import { useDark } from './useDark.ts';

const dictionaries = { ar, en, fr };

interface Props {
  document: Document;
  connection: DocumentConnection;
  person: Person;
  mayWrite: boolean;
  /** Told of the editor once it can be asked, and null when it is gone. */
  onEditor: (editor: DocumentEditor | null) => void;
}

/** The editor over the shared text. It is bound only after the server's text has arrived, and to the one schema. */
export function EditorView({ document, connection, person, mayWrite, onEditor }: Props) {
  const locale = useLocale();
  const t = useTranslations('docs');
  const dark = useDark();
  const editor = useCreateBlockNote(
    withCollaboration({
      schema: documentSchema,
      extensions: editorExtensions({ documentId: document.id, say: t }),
      dictionary: dictionaries[locale as keyof typeof dictionaries] ?? fr,
      domAttributes: {
        editor: { 'aria-label': document.title, 'aria-multiline': 'true', role: 'textbox' },
        blockContent: { dir: 'auto' },
      },
      collaboration: {
        provider: connection,
        fragment: connection.doc.getXmlFragment(fragmentName),
        user: { id: person.id, name: person.name, color: `var(--p${hueOf(person.id)})` },
        renderCursor: caret,
      },
    }),
    [connection],
  );
  useEffect(() => {
    onEditor(editor);
    return () => onEditor(null);
  }, [editor, onEditor]);
  return (
    <BlockNoteView
      editor={editor}
      editable={mayWrite}
      theme={dark ? 'dark' : 'light'}
      sideMenu={false}
      className="docs-editor"
    >
      {mayWrite && <EditorControls />}
    </BlockNoteView>
  );
}

'use client';
import '@blocknote/mantine/style.css';
import '../comments/marks.css';
import '../suggestions/marks.css';
import './editor.css';
import { ar, en, fr } from '@blocknote/core/locales';
import { withCollaboration } from '@blocknote/core/yjs';
import { BlockNoteView } from '@blocknote/mantine';
import { useCreateBlockNote } from '@blocknote/react';
import type { Document } from '@parvis/contract/docs';
import type { Person } from '@parvis/contract/shape';
import { fragmentName } from '@parvis/document/version';
import { hueOf } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { useAttach } from '../attach/useAttach.ts';
import { bookOf } from '../comments/book.ts';
import type { DocumentConnection } from '../connection.ts';
import { onPaste } from '../paste/paste-handler.ts';
import { useSuggestionWords } from '../suggestions/useSuggestionWords.ts';
import { caret } from './caret.ts';
import { EditorControls } from './controls.tsx';
import type { DocumentEditor } from './document-editor.ts';
import { DocumentDoc } from './DocumentDoc.ts';
import { editorExtensions } from './extensions.ts';
import { SafeReading } from './SafeReading.tsx';
import { screenSchema } from './schema.ts';
import { useDark } from './useDark.ts';
import { useGuard } from './useGuard.ts';
import { useQuietTextbox } from './useQuietTextbox.ts';

const dictionaries = { ar, en, fr };
/** What may be done to a table; a merged cell can be parted again. */
const tables = { splitCells: true, cellBackgroundColor: true, cellTextColor: true, headers: true };

interface Props {
  document: Document;
  connection: DocumentConnection;
  person: Person;
  mayWrite: boolean;
  /** The secret of the link that the person came by. */
  link: string | undefined;
  /** Told of the editor once it can be asked, and null when it is gone. */
  onEditor: (editor: DocumentEditor | null) => void;
}

/** How the others see this person at their caret and among those who are here. */
function userOf({ id, name, kind }: Person) {
  return { id, name, guest: kind === 'guest', color: `var(--p${hueOf(id)})` };
}

/** The editor over the shared text. It is bound only after the server's text has arrived, and to the one schema. */
export function EditorView({ document, connection, person, mayWrite, link, onEditor }: Props) {
  const locale = useLocale();
  const t = useTranslations('docs');
  const own = useTranslations('docsEditor');
  const writing = useTranslations('docsWriting');
  const dark = useDark();
  const suggested = useSuggestionWords(person);
  const fragment = useMemo(() => connection.doc.getXmlFragment(fragmentName), [connection]);
  const { made, ...files } = useAttach(document.id, link);
  const editor = useCreateBlockNote(
    withCollaboration({
      schema: screenSchema,
      tables,
      extensions: editorExtensions({
        documentId: document.id,
        say: t,
        sayWriting: writing,
        book: bookOf(connection, document.id),
        suggested,
      }),
      ...files,
      pasteHandler: (pasted) => onPaste(pasted),
      dictionary: {
        ...(dictionaries[locale as keyof typeof dictionaries] ?? fr),
        codeLanguage: own('codeLanguage'),
      },
      domAttributes: {
        editor: { 'aria-label': document.title, 'aria-multiline': 'true', role: 'textbox' },
        blockContent: { dir: 'auto' },
      },
      collaboration: {
        provider: connection,
        fragment,
        user: userOf(person),
        renderCursor: caret,
      },
    }),
    [connection],
  );
  made.current = editor;
  const guard = useGuard(editor, fragment);
  const [box, setBox] = useState<HTMLElement | null>(null);
  useQuietTextbox(box);
  useEffect(() => {
    if (guard !== 'known') return;
    onEditor(editor);
    return () => onEditor(null);
  }, [editor, guard, onEditor]);
  if (guard === 'strange') return <SafeReading doc={connection.doc} label={document.title} link={link} />;
  if (guard === 'waiting') return null;
  return (
    <DocumentDoc.Provider value={connection.doc}>
      <div ref={setBox}>
        <BlockNoteView
          editor={editor}
          editable={mayWrite}
          theme={dark ? 'dark' : 'light'}
          sideMenu={false}
          slashMenu={false}
          formattingToolbar={false}
          className="docs-editor"
        >
          {mayWrite && <EditorControls />}
        </BlockNoteView>
      </div>
    </DocumentDoc.Provider>
  );
}

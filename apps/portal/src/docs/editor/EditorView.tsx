'use client';
import '@blocknote/mantine/style.css';
import '../comments/marks.css';
import '../suggestions/marks.css';
import './editor.css';
import { ar, en, fr } from '@blocknote/core/locales';
import { withCollaboration } from '@blocknote/core/yjs';
import { BlockNoteViewRaw, useCreateBlockNote } from '@blocknote/react';
import type { Document } from '@parvis/contract/docs';
import type { Person } from '@parvis/contract/shape';
import { fragmentName } from '@parvis/document/version';
import { hueOf } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useAttach } from '../attach/useAttach.ts';
import { bookOf } from '../comments/book.ts';
import type { DocumentConnection } from '../connection.ts';
import { onPaste } from '../paste/paste-handler.ts';
import { useSuggestionWords } from '../suggestions/useSuggestionWords.ts';
import { caret } from './caret.ts';
import type { DocumentEditor } from './document-editor.ts';
import { DocumentDoc } from './DocumentDoc.ts';
import { editorExtensions } from './extensions.ts';
import { screenSchema } from './schema.ts';
import { hearTriggers } from './triggers.ts';
import { useDark } from './useDark.ts';
import { useGuard } from './useGuard.ts';
import { useLater } from './useLater.ts';
import { useQuietTextbox } from './useQuietTextbox.ts';

const EditorControls = dynamic(() => import('./controls.tsx').then((part) => part.EditorControls), {
  ssr: false,
});
const SafeReading = dynamic(() => import('./SafeReading.tsx').then((part) => part.SafeReading), {
  ssr: false,
});

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

const textOf = ({ doc }: DocumentConnection) => doc.getXmlFragment(fragmentName);

/** How the others see this person at their caret and among those who are here. */
function userOf({ id, name, kind }: Person) {
  return { id, name, guest: kind === 'guest', color: `var(--p${hueOf(id)})` };
}

/** The editor itself, bound to the shared text. */
function useEditor({ document, connection, person, link }: Props) {
  const locale = useLocale();
  const t = useTranslations('docs');
  const own = useTranslations('docsEditor');
  const writing = useTranslations('docsWriting');
  const suggested = useSuggestionWords(person);
  const { made, ...files } = useAttach(document.id, link);
  const editor = useCreateBlockNote(
    withCollaboration({
      schema: screenSchema,
      tables,
      // They look at every block that a change of somebody else touches, to move it by a hair.
      animations: false,
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
        fragment: textOf(connection),
        user: userOf(person),
        renderCursor: caret,
      },
    }),
    [connection],
  );
  made.current = editor;
  useEffect(() => hearTriggers(editor), [editor]);
  return editor;
}

/** The editor over the shared text. It is bound only after the server's text has arrived, and to the one schema. */
export function EditorView(props: Props) {
  const { document, connection, mayWrite, link, onEditor } = props;
  const editor = useEditor(props);
  const fragment = useMemo(() => textOf(connection), [connection]);
  const guard = useGuard(editor, fragment);
  const theme = useDark() ? 'dark' : 'light';
  // What floats outside the editor's own element looks the same.
  const themed = useCallback(
    (element: HTMLElement) => element.setAttribute('data-mantine-color-scheme', theme),
    [theme],
  );
  const [box, setBox] = useState<HTMLElement | null>(null);
  const floats = useLater(guard === 'known', box);
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
        <BlockNoteViewRaw
          editor={editor}
          editable={mayWrite}
          theme={theme}
          data-mantine-color-scheme={theme}
          applyThemedRoot={themed}
          className="bn-mantine docs-editor"
        >
          {floats && <EditorControls writes={mayWrite} />}
        </BlockNoteViewRaw>
      </div>
    </DocumentDoc.Provider>
  );
}

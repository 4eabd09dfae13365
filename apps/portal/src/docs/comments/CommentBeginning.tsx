'use client';
import './comments.css';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { MessageSquarePlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';
import type { CommentBook, Range } from './book.ts';
import { selectedRange } from './range.ts';

interface Props {
  book: CommentBook;
  editor: DocumentEditor;
  /** Opens the panel. */
  onOpen: () => void;
}

type View = Parameters<typeof selectedRange>[0];
const viewOf = (editor: DocumentEditor) => editor.prosemirrorView as unknown as View | undefined;

/** Beside a selection: a button that begins a conversation about it. The keys Ctrl, Alt and M do the same. */
export function CommentBeginning({ book, editor, onOpen }: Props) {
  const t = useTranslations('docsComments');
  const [top, setTop] = useState<number | null>(null);
  useEffect(() => {
    const begin = (range: Range | null) => {
      if (range === null) return;
      book.begin(range);
      onOpen();
    };
    const look = () => {
      const view = viewOf(editor);
      const range = view === undefined ? null : selectedRange(view);
      const page = document.querySelector('.docs-page');
      if (range === null || page === null) return setTop(null);
      const box = window.getSelection()?.getRangeAt(0).getBoundingClientRect();
      setTop(box ? box.top - page.getBoundingClientRect().top : null);
    };
    const onKey = (event: KeyboardEvent) => {
      const view = viewOf(editor);
      if (!event.ctrlKey || !event.altKey || event.code !== 'KeyM' || view === undefined) return;
      event.preventDefault();
      begin(selectedRange(view));
    };
    document.addEventListener('selectionchange', look);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('selectionchange', look);
      document.removeEventListener('keydown', onKey);
    };
  }, [book, editor, onOpen]);
  if (top === null) return null;
  return (
    <div className="docs-comment-begin" style={{ insetBlockStart: top }}>
      <IconButton
        label={t('begin')}
        shortcut="Ctrl Alt M"
        aria-keyshortcuts="Control+Alt+M"
        tipAlign="end"
        // The selection stays while the button is pressed.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          const view = viewOf(editor);
          const range = view === undefined ? null : selectedRange(view);
          if (range === null) return;
          book.begin(range);
          onOpen();
        }}
      >
        <Icon of={MessageSquarePlus} />
      </IconButton>
    </div>
  );
}

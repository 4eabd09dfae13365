'use client';
import type { Document } from '@parvis/contract/docs';
import { useCallback, useEffect } from 'react';
import type { DocumentConnection } from '../connection.ts';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { bookOf } from './book.ts';
import { CommentBeginning } from './CommentBeginning.tsx';
import { useDiscussion } from './useDiscussion.ts';

interface Props {
  document: Document;
  connection: DocumentConnection;
  editor: DocumentEditor;
  show: (panel: string) => void;
}

/** What comments do beside the text: a press on commented words opens the panel, and a selection can be commented on. */
export function CommentsOfText({ document, connection, editor, show }: Props) {
  const book = bookOf(connection, document.id);
  const { chosen } = useDiscussion(book);
  const open = useCallback(() => show('comments'), [show]);
  useEffect(() => {
    if (chosen !== null) open();
  }, [chosen, open]);
  if (!document.abilities.comment) return null;
  return <CommentBeginning book={book} editor={editor} onOpen={open} />;
}

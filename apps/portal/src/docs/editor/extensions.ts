import type { ExtensionFactoryInstance } from '@blocknote/core';
import { nothingLost } from '@parvis/document/schema';
import { sendingMarks } from '../attach/sending-marks.ts';
import { findInText } from '../writing/find-plugin.ts';
import { keyboard, type KeyboardPage } from '../writing/keyboard.ts';
import { blockMenuKey } from './block-menu-key.ts';
import type { CommentBook } from '../comments/book.ts';
import { commentMarks } from '../comments/marks.ts';
import { type SuggestionWords, suggestions } from '../suggestions/extension.ts';
import { boxNames } from './box-names.ts';
import { highlighting } from './highlight.ts';
import { leanBinding } from './lean-binding.ts';
import { taskKeys } from './task-keys.ts';
import { typedFormulas } from './typed.ts';
import { writeBeside } from './write-beside.ts';

/** What the extensions of the editor may need of the page that it stands in. */
export interface EditorPage {
  readonly documentId: string;
  /** Sentences of the domain `docs`. */
  readonly say: (key: 'tick') => string;
  /** Sentences of the domain `docsWriting`. */
  readonly sayWriting: KeyboardPage['say'];
  readonly book: CommentBook;
  readonly suggested: SuggestionWords;
}

/** Each thing that the editor does beyond writing is an extension in a file of its own, and a line here. */
export function editorExtensions(page: EditorPage): ExtensionFactoryInstance[] {
  const { say, sayWriting, book, suggested } = page;
  // The compiler sees the editor's own types twice (for import and for require) and takes them for strangers.
  const ofTheSchema = [nothingLost()] as unknown[] as ExtensionFactoryInstance[];
  return [
    ...ofTheSchema,
    leanBinding,
    boxNames({ fallback: say('tick') }),
    commentMarks({ book }),
    suggestions(suggested),
    typedFormulas(),
    taskKeys(),
    highlighting,
    blockMenuKey(),
    writeBeside,
    keyboard({ say: sayWriting }),
    findInText,
    sendingMarks,
  ];
}

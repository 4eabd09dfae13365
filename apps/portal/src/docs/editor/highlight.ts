import { SyntaxHighlightingExtension } from '@blocknote/core/extensions';

/** Colours the texts of code blocks. The highlighter and each language come when the first such text is shown. */
export const highlighting = SyntaxHighlightingExtension({
  createHighlighter: async () => (await import('./highlighter.ts')).createHighlighter(),
});

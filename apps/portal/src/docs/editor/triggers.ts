import { SuggestionMenu } from '@blocknote/core/extensions';
import type { DocumentEditor } from './document-editor.ts';

/** What is typed to open the menu of blocks, the one of mentions, and the one of emoji. */
export const blocksTrigger = '/';
export const mentionsTrigger = '@';
const emojiTrigger = ':';

/** A menu of blocks has no place in a cell. */
export const opensBlocks: NonNullable<
  Parameters<ReturnType<typeof suggestionsOf>['addSuggestionMenu']>[0]['shouldOpen']
> = ({ selection }) => !selection.$from.parent.type.isInGroup('tableContent');

function suggestionsOf(editor: DocumentEditor) {
  const menu = editor.getExtension(SuggestionMenu);
  if (!menu) throw new Error('the editor has no menus of suggestions');
  return menu;
}

/**
 * Lets the editor hear what opens a menu from its first letter on. The menus themselves come a moment after the text;
 * what is typed before they are there is kept as the query, and the menu shows it when it comes.
 */
export function hearTriggers(editor: DocumentEditor): void {
  const menu = suggestionsOf(editor);
  menu.addSuggestionMenu({ triggerCharacter: blocksTrigger, shouldOpen: opensBlocks });
  for (const triggerCharacter of [mentionsTrigger, emojiTrigger])
    menu.addSuggestionMenu({ triggerCharacter });
}

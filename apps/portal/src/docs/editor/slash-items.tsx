import { SuggestionMenu } from '@blocknote/core/extensions';
import type { DefaultReactSuggestionItem } from '@blocknote/react';
import { getDefaultReactSlashMenuItems } from '@blocknote/react';
import { ar, en, fr } from '@blocknote/core/locales';
import { textDirections } from '@parvis/document/configs';
import { Icon, type IconShape } from '@parvis/ui/Icon';
import * as shapes from './slash-icons.ts';
import { duplicate, put, putColumns } from './insert.ts';
import { noteMade } from './made.ts';
import type { DocumentEditor } from './document-editor.ts';

/** The names of our own lines of the menu, as their sentences are called. */
export const ownKeys = [
  'task',
  'callout',
  'formula',
  'math',
  'columns2',
  'columns3',
  'toc',
  'embedDocument',
  'embedFile',
  'embedChannel',
  'embedMeeting',
  'mention',
  'duplicate',
  'remove',
  'auto',
  'ltr',
  'rtl',
] as const;
type OwnKey = (typeof ownKeys)[number];

export interface Words {
  readonly title: string;
  readonly subtext: string;
  /** Other words for it, in three languages, parted by commas. */
  readonly keywords: string;
}
interface Item extends DefaultReactSuggestionItem {
  readonly key?: string;
}

const acts: Record<OwnKey, (editor: DocumentEditor) => void> = {
  task: (editor) => put(editor, { type: 'task' }),
  callout: (editor) => put(editor, { type: 'callout' }),
  formula: (editor) => {
    noteMade('formula');
    put(editor, { type: 'formula' });
  },
  math: (editor) => {
    noteMade('math');
    editor.insertInlineContent([{ type: 'math', props: { tex: '' } }, ' ']);
  },
  columns2: (editor) => putColumns(editor, 2),
  columns3: (editor) => putColumns(editor, 3),
  toc: (editor) => put(editor, { type: 'toc' }),
  embedDocument: (editor) => putCard(editor, 'document'),
  embedFile: (editor) => putCard(editor, 'file'),
  embedChannel: (editor) => putCard(editor, 'channel'),
  embedMeeting: (editor) => putCard(editor, 'meeting'),
  mention: (editor) => editor.getExtension(SuggestionMenu)?.openSuggestionMenu('@'),
  duplicate: (editor) => duplicate(editor, editor.getTextCursorPosition().block),
  remove: (editor) => {
    editor.removeBlocks([editor.getTextCursorPosition().block]);
  },
  auto: (editor) => turn(editor, 'auto'),
  ltr: (editor) => turn(editor, 'ltr'),
  rtl: (editor) => turn(editor, 'rtl'),
};

function putCard(editor: DocumentEditor, kind: 'document' | 'file' | 'channel' | 'meeting'): void {
  noteMade('embed');
  put(editor, { type: 'embed', props: { kind } });
}

/** Says in which direction the block of the cursor runs. */
export function turn(editor: DocumentEditor, direction: (typeof textDirections)[number]): void {
  const { block } = editor.getTextCursorPosition();
  if ('textDirection' in block.props)
    editor.updateBlock(block, { props: { textDirection: direction } } as never);
}

const ofThisBlock = new Set<string>(['duplicate', 'remove', 'auto', 'ltr', 'rtl']);
const icon = (of: IconShape) => <Icon of={of} size="m" />;
const dictionaries = [fr, en, ar] as const;

/** Names of a default line in every language: who writes French in an Arabic house finds it all the same. */
function namesOf(key: string): string[] {
  return dictionaries.flatMap((dictionary) => {
    const words = dictionary.slash_menu[key as keyof typeof fr.slash_menu];
    return words === undefined ? [] : [words.title, ...words.aliases];
  });
}

/** All lines of the menu that the slash opens, in order and with their words. */
export function slashItems(
  editor: DocumentEditor,
  words: (key: OwnKey) => Words,
  groups: { more: string; thisBlock: string },
): Item[] {
  const theirs = (getDefaultReactSlashMenuItems(editor) as Item[]).map((item) => ({
    ...item,
    aliases: [...(item.aliases ?? []), ...namesOf(item.key ?? '')],
    icon: icon(shapes.shapeOf(item.key ?? '')),
  }));
  const ours = ownKeys.map((key): Item => {
    const { title, subtext, keywords } = words(key);
    return {
      key,
      title,
      subtext,
      aliases: keywords.split(',').map((word) => word.trim()),
      group: ofThisBlock.has(key) ? groups.thisBlock : groups.more,
      icon: icon(shapes.shapeOf(key)),
      onItemClick: () => acts[key](editor),
    };
  });
  const atOnce = ours.filter(({ key }) => !ofThisBlock.has(key ?? ''));
  return [...theirs, ...atOnce, ...ours.filter(({ key }) => ofThisBlock.has(key ?? ''))];
}

const marksOfLetters = /\p{Mark}/gu;
/** Letters without their accents, in one case: `/tache` finds « Tâche ». */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(marksOfLetters, '').toLowerCase();
}

/** The lines whose title or other words hold what was typed; those that begin with it first. */
export function found<T extends { title: string; aliases?: readonly string[] }>(
  items: readonly T[],
  query: string,
): T[] {
  const wanted = folded(query.trim());
  if (wanted === '') return [...items];
  const rank = ({ title, aliases }: T): number => {
    const names = [title, ...(aliases ?? [])].map(folded);
    if (names.some((name) => name === wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    return names.some((name) => name.includes(wanted)) ? 2 : 3;
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

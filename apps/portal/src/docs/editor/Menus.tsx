'use client';
import { SuggestionMenuController, useBlockNoteEditor } from '@blocknote/react';
import { call } from '@parvis/contract/call';
import { find } from '@parvis/contract/directory';
import { Avatar } from '@parvis/ui/Avatar';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ThingIcon } from '../../shell/ThingIcon.tsx';
import type { DocumentEditor } from './document-editor.ts';
import { found, slashItems } from './slash-items.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import { blocksTrigger, mentionsTrigger, opensBlocks } from './triggers.ts';

/** People and documents that the menu of mentions offers at once. */
const mentionsShown = 8;

function useEditor(): DocumentEditor {
  return useBlockNoteEditor() as unknown as DocumentEditor;
}

/** What the slash opens: every block, in three languages. */
export function SlashMenu() {
  const t = useTranslations('docsEditor');
  const editor = useEditor();
  const items = useMemo(
    () =>
      slashItems(
        editor,
        (key) => ({
          title: t(`slash.${key}.title`),
          subtext: t(`slash.${key}.subtext`),
          keywords: t(`slash.${key}.keywords`),
        }),
        { more: t('groups.more'), thisBlock: t('groups.thisBlock') },
      ),
    [editor, t],
  );
  return (
    <SuggestionMenuController
      triggerCharacter={blocksTrigger}
      shouldOpen={opensBlocks}
      getItems={async (query) => found(items, query)}
      suggestionMenuComponent={(props) => (
        <SuggestionList {...props} label={t('blocks')} none={t('noBlocks')} />
      )}
    />
  );
}

/** What `@` opens: people and documents by name, to be named in the line. */
export function MentionMenu() {
  const t = useTranslations('docsEditor');
  const editor = useEditor();
  const put = (kind: 'person' | 'document', ref: string, label: string) =>
    editor.insertInlineContent([{ type: 'mention', props: { kind, ref, label } }, ' '], {
      updateSelection: true,
    });
  async function look(query: string) {
    if (query.trim() === '') return [];
    const { people, resources } = await call(find, { q: query }).catch(() => ({ people: [], resources: [] }));
    const documents = resources.filter(({ kind }) => kind === 'document');
    return [
      ...people.slice(0, mentionsShown).map(({ id, name, organisation }) => ({
        title: name,
        subtext: organisation ?? '',
        group: t('groups.people'),
        icon: <Avatar id={id} name={name} size="s" />,
        onItemClick: () => put('person', id, name),
      })),
      ...documents.slice(0, mentionsShown).map(({ id, title }) => ({
        title,
        subtext: '',
        group: t('groups.documents'),
        icon: <ThingIcon kind="document" size="s" />,
        onItemClick: () => put('document', id, title),
      })),
    ];
  }
  return (
    <SuggestionMenuController
      triggerCharacter={mentionsTrigger}
      getItems={look}
      suggestionMenuComponent={(props) => (
        <SuggestionList {...props} label={t('mentions')} none={t('typeName')} />
      )}
    />
  );
}

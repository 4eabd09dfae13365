'use client';
import { SideMenuExtension } from '@blocknote/core/extensions';
import {
  BlockColorsItem,
  DragHandleMenu,
  RemoveBlockItem,
  SideMenu,
  SideMenuController,
  TableColumnHeaderItem,
  TableRowHeaderItem,
  useBlockNoteEditor,
  useComponentsContext,
  useDictionary,
  useExtensionState,
} from '@blocknote/react';
import { textDirections } from '@parvis/document/configs';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { duplicate } from './insert.ts';
import type { DocumentEditor } from './document-editor.ts';

/** What a block of text may become, with the sentences' keys. */
const turns = [
  ['paragraph', { type: 'paragraph' }],
  ['heading1', { type: 'heading', props: { level: 1 } }],
  ['heading2', { type: 'heading', props: { level: 2 } }],
  ['heading3', { type: 'heading', props: { level: 3 } }],
  ['bullet', { type: 'bulletListItem' }],
  ['numbered', { type: 'numberedListItem' }],
  ['check', { type: 'checkListItem' }],
  ['task', { type: 'task' }],
  ['quote', { type: 'quote' }],
  ['callout', { type: 'callout' }],
] as const;

/** A menu inside the menu. */
function Inner({ label, children }: { label: string; children: ReactNode }) {
  const Components = useComponentsContext();
  if (!Components) return null;
  const { Menu } = Components.Generic;
  return (
    <Menu.Root position="right" sub portalElement={null}>
      <Menu.Trigger sub>
        <Menu.Item className="bn-menu-item" subTrigger>
          {label}
        </Menu.Item>
      </Menu.Trigger>
      <Menu.Dropdown sub className="bn-menu-dropdown">
        {children}
      </Menu.Dropdown>
    </Menu.Root>
  );
}

/** What can be done with the block beside the handle. */
function Acts() {
  const t = useTranslations('docsEditor');
  const words = useDictionary().drag_handle;
  const Components = useComponentsContext();
  const editor = useBlockNoteEditor() as unknown as DocumentEditor;
  const block = useExtensionState(SideMenuExtension, { selector: (state) => state?.block }) as
    | DocumentEditor['document'][number]
    | undefined;
  if (!Components || block === undefined) return null;
  const { Item } = Components.Generic.Menu;
  const isText = 'textDirection' in block.props;
  return (
    <DragHandleMenu>
      {isText && (
        <Inner label={t('turnInto')}>
          {turns.map(([key, update]) => (
            <Item key={key} className="bn-menu-item" onClick={() => editor.updateBlock(block, update)}>
              {t(`turns.${key}`)}
            </Item>
          ))}
        </Inner>
      )}
      {isText && (
        <Inner label={t('direction')}>
          {textDirections.map((direction) => (
            <Item
              key={direction}
              className="bn-menu-item"
              checked={(block.props as { textDirection?: string }).textDirection === direction}
              onClick={() => editor.updateBlock(block, { props: { textDirection: direction } } as never)}
            >
              {t(`slash.${direction}.title`)}
            </Item>
          ))}
        </Inner>
      )}
      <BlockColorsItem>{words.colors_menuitem}</BlockColorsItem>
      <TableRowHeaderItem>{words.header_row_menuitem}</TableRowHeaderItem>
      <TableColumnHeaderItem>{words.header_column_menuitem}</TableColumnHeaderItem>
      <Item className="bn-menu-item" onClick={() => duplicate(editor, block)}>
        {t('slash.duplicate.title')}
      </Item>
      <RemoveBlockItem>{words.delete_menuitem}</RemoveBlockItem>
    </DragHandleMenu>
  );
}

const Handle = () => <SideMenu dragHandleMenu={Acts} />;

/** The plus and the handle beside the block that the pointer is over. */
export function BlockMenu() {
  const rtl = useLocale() === 'ar';
  return (
    <SideMenuController
      sideMenu={Handle}
      floatingUIOptions={{ useFloatingOptions: { placement: rtl ? 'right-start' : 'left-start' } }}
    />
  );
}

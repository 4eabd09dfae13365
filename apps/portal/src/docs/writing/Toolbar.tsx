'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { MenuLater } from '@parvis/ui/MenuLater';
import { ChevronDown, Link, Plus, Redo2, Search, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { insertFiles } from '../attach/insert-files.ts';
import type { DocumentEditor } from '../editor/document-editor.ts';
import type { Tool } from './tool.ts';
import { lineKinds, lists, marks, toolState, turnInto } from './tools.ts';
import { useEditorState } from './useEditorState.ts';
import { useRoving } from './useRoving.ts';

interface Props {
  editor: DocumentEditor | null;
  tool: Tool | null;
  onTool: (tool: Tool | null) => void;
}

/** A press on a tool leaves the cursor and the selection in the text. */
const keepFocus = (event: MouseEvent) => {
  if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
};

/** The tools of the text, above it. One stop of Tab; arrows go along it, Escape back to the text, Alt+F10 comes here. */
export function Toolbar({ editor, tool, onTool }: Props) {
  const t = useTranslations('docsWriting');
  const { bar, onKeyDown } = useRoving();
  const state = new Set(useEditorState(editor, toolState, '').split(' '));
  const line = lineKinds.find(({ id }) => state.has(id))?.id ?? 'paragraph';
  function onKey(event: KeyboardEvent) {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      editor?.focus();
    } else onKeyDown(event);
  }
  return (
    <div
      ref={bar}
      role="toolbar"
      tabIndex={-1}
      aria-label={t('tools')}
      className="docs-tools"
      data-docs-toolbar=""
      onKeyDown={onKey}
      onMouseDown={keepFocus}
    >
      <IconButton
        label={t('undo')}
        shortcut="Ctrl Z"
        tipAlign="start"
        disabled={!state.has('undo')}
        onClick={() => editor?.undo()}
      >
        <Icon of={Undo2} flip />
      </IconButton>
      <IconButton
        label={t('redo')}
        shortcut="Ctrl Y"
        disabled={!state.has('redo')}
        onClick={() => editor?.redo()}
      >
        <Icon of={Redo2} flip />
      </IconButton>
      <hr />
      <LineKind editor={editor} line={line} />
      <hr />
      <MarkTools editor={editor} state={state} />
      <IconButton
        label={t('link')}
        shortcut="Ctrl K"
        pressed={state.has('link')}
        onClick={() => onTool(tool === 'link' ? null : 'link')}
      >
        <Icon of={Link} />
      </IconButton>
      <hr />
      <ListTools editor={editor} state={state} />
      <Insert editor={editor} onTool={onTool} />
      <hr />
      <IconButton
        label={t('find.open')}
        shortcut="Ctrl F"
        tipAlign="end"
        pressed={tool === 'find' || tool === 'replace'}
        onClick={() => onTool(tool === 'find' || tool === 'replace' ? null : 'find')}
      >
        <Icon of={Search} />
      </IconButton>
    </div>
  );
}

interface GroupProps {
  editor: DocumentEditor | null;
  state: ReadonlySet<string>;
}

function MarkTools({ editor, state }: GroupProps) {
  const t = useTranslations('docsWriting');
  return marks.map(({ id, icon, keys }) => (
    <IconButton
      key={id}
      label={t(`marks.${id}`)}
      shortcut={keys}
      pressed={state.has(id)}
      onClick={() => editor?.toggleStyles({ [id]: true })}
    >
      <Icon of={icon} />
    </IconButton>
  ));
}

function ListTools({ editor, state }: GroupProps) {
  const t = useTranslations('docsWriting');
  return lists.map(({ id, icon }) => (
    <IconButton
      key={id}
      label={t(`lines.${id}`)}
      pressed={state.has(id)}
      onClick={() => editor && turnInto(editor, id, {})}
    >
      <Icon of={icon} flip={id !== 'checkListItem'} />
    </IconButton>
  ));
}

function LineKind({
  editor,
  line,
}: {
  editor: DocumentEditor | null;
  line: (typeof lineKinds)[number]['id'];
}) {
  const t = useTranslations('docsWriting');
  return (
    <MenuLater
      label={t('lineKind')}
      trigger={
        <button
          type="button"
          className="docs-line-kind"
          disabled={editor === null}
          aria-label={`${t('lineKind')} ${t(`lines.${line}`)}`}
        >
          {t(`lines.${line}`)}
          <Icon of={ChevronDown} size="s" />
        </button>
      }
      groups={[
        {
          id: 'kinds',
          label: t('lineKind'),
          choose: 'one',
          selected: [line],
          items: lineKinds.map(({ id }) => ({ id, label: t(`lines.${id}`) })),
          onChoose: ([id]) => {
            const kind = lineKinds.find((one) => one.id === id);
            if (editor === null || kind === undefined) return;
            turnInto(editor, kind.type, kind.props);
            editor.focus();
          },
        },
      ]}
    />
  );
}

/** What is put below the line of the cursor. */
function Insert({ editor, onTool }: Pick<Props, 'editor' | 'onTool'>) {
  const t = useTranslations('docsWriting');
  const chooser = useRef<HTMLInputElement>(null);
  const put = (block: object) => {
    if (editor === null) return;
    editor.insertBlocks([block as never], editor.getTextCursorPosition().block, 'after');
    editor.focus();
  };
  const rows = [1, 2, 3].map(() => ({ cells: ['', '', ''] }));
  return (
    <>
      <MenuLater
        label={t('insert')}
        trigger={
          <IconButton label={t('insert')} disabled={editor === null}>
            <Icon of={Plus} />
          </IconButton>
        }
        groups={[
          {
            id: 'insert',
            label: t('insert'),
            items: [
              { id: 'device', label: t('fileOfDevice'), onAction: () => chooser.current?.click() },
              { id: 'space', label: t('fileOfSpace'), onAction: () => onTool('file') },
              {
                id: 'table',
                label: t('table'),
                onAction: () =>
                  put({ type: 'table', content: { type: 'tableContent', headerRows: 1, rows } }),
              },
              { id: 'divider', label: t('divider'), onAction: () => put({ type: 'divider' }) },
            ],
          },
        ]}
      />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={t('fileOfDevice')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (editor !== null) void insertFiles(editor, files);
        }}
      />
    </>
  );
}

'use client';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { TextField } from '@parvis/ui/TextField';
import { CaseSensitive, ChevronDown, ChevronUp, Regex, SpellCheck, WholeWord, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { find, findKey, replaceAll, replaceOne, selectMatch, show, step } from './find-plugin.ts';
import { type SearchWish, searchFor } from './search-text.ts';
import { useEditorState } from './useEditorState.ts';

interface Props {
  editor: DocumentEditor;
  mayWrite: boolean;
  replacing: boolean;
  onReplacing: () => void;
  onClose: () => void;
}

const choices = [
  { id: 'matchCase', icon: CaseSensitive },
  { id: 'wholeWord', icon: WholeWord },
  { id: 'accents', icon: SpellCheck },
  { id: 'pattern', icon: Regex },
] as const;
const plain = { matchCase: false, wholeWord: false, accents: false, pattern: false };
/** Longer selections are not what one looks for. */
const startLengthMax = 80;

/** What is looked for, from the selection at first; its marks come and go with the bar. */
function useWish(editor: DocumentEditor) {
  const view = editor.prosemirrorView;
  const [wish, setWish] = useState<SearchWish>(() => {
    const { from, to } = editor.prosemirrorState.selection;
    const chosen = to - from > startLengthMax ? '' : editor.prosemirrorState.doc.textBetween(from, to);
    return { ...plain, words: chosen };
  });
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  useEffect(() => {
    find(view, wish);
    show(view);
  }, [view, wish]);
  useEffect(
    () => () => {
      if (!view.isDestroyed) find(view, null);
    },
    [view],
  );
  return { wish, setWish, field };
}

function Choices({ wish, onWish }: { wish: SearchWish; onWish: (wish: SearchWish) => void }) {
  const t = useTranslations('docsWriting');
  return choices.map(({ id, icon }) => (
    <IconButton
      key={id}
      label={t(`find.${id}`)}
      pressed={wish[id]}
      onClick={() => onWish({ ...wish, [id]: !wish[id] })}
    >
      <Icon of={icon} />
    </IconButton>
  ));
}

function ReplaceForm({ editor, none }: { editor: DocumentEditor; none: boolean }) {
  const t = useTranslations('docsWriting');
  const [by, setBy] = useState('');
  const view = editor.prosemirrorView;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        replaceOne(view, by);
      }}
    >
      <TextField
        label={t('find.by')}
        labelHidden
        placeholder={t('find.by')}
        value={by}
        onChange={(event) => setBy(event.target.value)}
      />
      <Button type="submit" disabled={none}>
        {t('find.replace')}
      </Button>
      <Button disabled={none} onClick={() => replaceAll(view, by)}>
        {t('find.all')}
      </Button>
    </form>
  );
}

/** Find and replace: what is looked for is marked in the text at once, and stays true while others write. */
export function FindBar({ editor, mayWrite, replacing, onReplacing, onClose }: Props) {
  const t = useTranslations('docsWriting');
  const view = editor.prosemirrorView;
  const { wish, setWish, field } = useWish(editor);
  const finding = useEditorState(editor, (state) => findKey.getState(state), undefined);
  function close() {
    selectMatch(view);
    onClose();
    editor.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    const back = event.key === 'Enter' && event.shiftKey && event.target === field.current;
    if (!back && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (back) step(view, -1);
    else close();
  }
  const count = finding?.places.length ?? 0;
  function said() {
    if (wish.words === '') return '';
    if (searchFor(wish) === null) return t('find.badPattern');
    return count === 0 ? t('find.none') : t('find.at', { at: (finding?.at ?? -1) + 1, count });
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape leaves the whole bar
    <search className="docs-find" aria-label={t('find.open')} onKeyDown={onKeyDown}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          step(view, 1);
        }}
      >
        <TextField
          ref={field}
          label={t('find.words')}
          labelHidden
          placeholder={t('find.words')}
          value={wish.words}
          onChange={(event) => setWish({ ...wish, words: event.target.value })}
          end={
            <span className="docs-find-count" role="status">
              {said()}
            </span>
          }
        />
        <Choices wish={wish} onWish={setWish} />
        <IconButton
          label={t('find.previous')}
          shortcut="Shift Enter"
          disabled={count === 0}
          onClick={() => step(view, -1)}
        >
          <Icon of={ChevronUp} />
        </IconButton>
        <IconButton label={t('find.next')} shortcut="Enter" type="submit" disabled={count === 0}>
          <Icon of={ChevronDown} />
        </IconButton>
        {mayWrite && !replacing && (
          <Button kind="quiet" onClick={onReplacing}>
            {t('find.replace')}
          </Button>
        )}
        <IconButton label={t('find.close')} shortcut="Esc" tipAlign="end" onClick={close}>
          <Icon of={X} />
        </IconButton>
      </form>
      {replacing && mayWrite && <ReplaceForm editor={editor} none={count === 0} />}
    </search>
  );
}

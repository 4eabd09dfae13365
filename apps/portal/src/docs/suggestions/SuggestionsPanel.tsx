'use client';
import './suggestions.css';
import { Avatar } from '@parvis/ui/Avatar';
import { Button } from '@parvis/ui/Button';
import { exactTime, relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { Check, X } from 'lucide-react';
import { useLocale, useNow, useTranslations } from 'next-intl';
import type { Node } from 'prosemirror-model';
import { useMemo, useRef, useSyncExternalStore } from 'react';
import type { PanelProps } from '../panels.tsx';
import { useBlocks } from '../useBlocks.ts';
import { type Suggestion, suggestionsIn } from './list.ts';
import { names } from './names.ts';
import { settled } from './plugin.ts';
import { viewOf } from './useModes.ts';

/** Characters of a text that a line of the list quotes. */
const quoteLengthMax = 80;
const quoted = (text: string) => (text.length > quoteLengthMax ? `${text.slice(0, quoteLengthMax)}…` : text);

/** What a suggestion would do, in words. */
function useWhat(): (suggestion: Suggestion) => string {
  const t = useTranslations('docsSuggestions');
  return ({ inserted, deleted, looks, acts }) => {
    const [text, old] = [quoted(inserted), quoted(deleted)];
    if (text.trim() && old.trim()) return t('what.replaced', { text, old });
    if (text.trim()) return t('what.inserted', { text });
    if (old.trim()) return t('what.deleted', { text: old });
    const [act] = acts;
    return act === undefined ? t(looks ? 'what.looks' : 'what.change') : t(`what.${act}`);
  };
}

interface EntryProps {
  one: Suggestion;
  what: string;
  /** Absent for whoever may not write. */
  onSettle?: (accept: boolean) => void;
}

/** One suggestion: who, when, what it would do, and the two answers. */
function SuggestionEntry({ one, what, onSettle }: EntryProps) {
  const t = useTranslations('docsSuggestions');
  const locale = useLocale();
  const now = useNow();
  return (
    <li className="docs-suggestion">
      <header>
        <Avatar id={one.person} name={names.of(one.person) ?? ''} size="s" />
        <bdi className="p-cut">{names.of(one.person) ?? t('somebody')}</bdi>
        <time
          dateTime={new Date(one.at).toISOString()}
          title={exactTime(new Date(one.at), locale)}
          className="p-meta"
        >
          {relativeTime(new Date(one.at), locale, now)}
        </time>
      </header>
      <p dir="auto">{what}</p>
      {onSettle && (
        <div className="docs-suggestion-acts">
          <Button
            size="small"
            icon={<Icon of={Check} size="s" />}
            aria-label={t('acceptOne', { what })}
            onClick={() => onSettle(true)}
          >
            {t('accept')}
          </Button>
          <Button
            size="small"
            kind="quiet"
            icon={<Icon of={X} size="s" />}
            aria-label={t('rejectOne', { what })}
            onClick={() => onSettle(false)}
          >
            {t('reject')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** All that is suggested, in the order of the text; each is accepted or rejected here, or all at once. */
export function SuggestionsPanel({ document, connection, editor }: PanelProps) {
  const t = useTranslations('docsSuggestions');
  const what = useWhat();
  const list = useRef<HTMLOListElement>(null);
  const blocks = useBlocks(connection.doc);
  useSyncExternalStore(names.subscribe, names.version, names.version);
  const found = useMemo(
    () => (editor === null ? [] : suggestionsIn(editor.prosemirrorState.doc as unknown as Node)),
    // oxlint-disable-next-line react/exhaustive-deps -- the text is read anew when its blocks changed
    [editor, blocks],
  );
  const mayEdit = document.abilities.edit;
  function settle(accept: boolean, picked: (id: string) => boolean) {
    const view = editor === null ? undefined : viewOf(editor);
    const tr = view && settled(view.state, { picked, accept });
    if (view && tr) view.dispatch(tr);
    // The button that was pressed goes with its line: the focus stays in the list.
    list.current?.focus();
  }
  if (found.length === 0) return <p className="p-meta">{t('empty')}</p>;
  return (
    <div className="docs-suggestions">
      <div className="docs-suggestions-all">
        <span className="p-meta" role="status">
          {t('count', { count: found.length })}
        </span>
        {mayEdit && (
          <>
            <Button size="small" onClick={() => settle(true, () => true)}>
              {t('acceptAll')}
            </Button>
            <Button size="small" kind="quiet" onClick={() => settle(false, () => true)}>
              {t('rejectAll')}
            </Button>
          </>
        )}
      </div>
      <ol ref={list} tabIndex={-1} aria-label={t('list')}>
        {found.map((one) => (
          <SuggestionEntry
            key={one.id}
            one={one}
            what={what(one)}
            {...(mayEdit ? { onSettle: (accept: boolean) => settle(accept, (id) => id === one.id) } : {})}
          />
        ))}
      </ol>
    </div>
  );
}

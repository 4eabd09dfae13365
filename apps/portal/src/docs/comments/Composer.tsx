'use client';
import { call } from '@parvis/contract/call';
import { listMentionable } from '@parvis/contract/doc-comments';
import { commentLengthMax } from '@parvis/contract/limits';
import type { Person } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

interface Props {
  documentId: string;
  label: string;
  action: string;
  /** The text as it is stored, and the people whom it mentions. */
  initial?: { body: string; mentions: readonly Person[] };
  focused?: boolean;
  /** Resolves when it is stored. */
  onSend: (body: string) => Promise<void>;
  onCancel?: () => void;
}
type Found = { person: Person; sees: boolean };

/** What stands behind the last @ before the caret. */
const asked = /(?:^|\s)@([\p{L}\p{M}' -]{1,30})$/u;

function withNames(body: string, people: readonly Person[]): string {
  return people.reduce((text, { id, name }) => text.replaceAll(`<@${id}>`, `@${name}`), body);
}

/** People whose name begins what was typed behind an @. */
function usePeople(documentId: string, query: string | null): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    if (query === null) return setFound([]);
    let current = true;
    call(listMentionable, { id: documentId, q: query }).then(
      ({ people }) => current && setFound(people),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [documentId, query]);
  return found;
}

/** A comment as it is being written, with the keys that choose people, send and leave. */
function useComposer({ documentId, initial, focused, onSend, onCancel }: Props) {
  const list = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [people, setPeople] = useState<readonly Person[]>(initial?.mentions ?? []);
  const [text, setText] = useState(initial ? withNames(initial.body, initial.mentions) : '');
  const [query, setQuery] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const proposed = usePeople(documentId, query);
  const found = query === null ? [] : proposed;
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);

  function look(area: HTMLTextAreaElement) {
    setQuery(asked.exec(area.value.slice(0, area.selectionStart))?.[1]?.trim() ?? null);
    setAt(0);
  }
  function mention({ person }: Found) {
    const area = field.current;
    const caret = area?.selectionStart ?? text.length;
    const before = text.slice(0, caret).replace(/@[^@]*$/u, `@${person.name} `);
    setText(before + text.slice(caret));
    setPeople([...people, person]);
    setQuery(null);
    area?.focus();
  }
  async function send() {
    if (text.trim() === '' || busy) return;
    setBusy(true);
    // Longer names first: one may begin with another.
    const named = people.toSorted((a, b) => b.name.length - a.name.length);
    const body = named.reduce((all, { id, name }) => all.replaceAll(`@${name}`, `<@${id}>`), text).trim();
    try {
      await onSend(body);
      setText('');
    } catch {
      // The words stay; whoever sent them has said why.
    } finally {
      setBusy(false);
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const chosen = found[at];
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    } else if (
      chosen !== undefined &&
      ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key)
    ) {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'ArrowDown') setAt((at + 1) % found.length);
      else if (event.key === 'ArrowUp') setAt((at + found.length - 1) % found.length);
      else if (event.key === 'Escape') setQuery(null);
      else mention(chosen);
    } else if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  }
  function onChange(event: ChangeEvent<HTMLTextAreaElement>) {
    setText(event.target.value);
    look(event.target);
  }
  const onBlur = () => setQuery(null);
  return { list, field, text, found, at, busy, mention, send, onKeyDown, onChange, onBlur };
}

/** Where a comment is written. An @ proposes people; Ctrl and Enter sends, Escape leaves. */
export function Composer(props: Props) {
  const { label, action, onCancel } = props;
  const t = useTranslations('docsComments');
  const { list, field, text, found, at, busy, mention, send, ...keys } = useComposer(props);
  return (
    <div className="docs-composer">
      <textarea
        ref={field}
        role="combobox"
        aria-label={label}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
        dir="auto"
        rows={2}
        value={text}
        maxLength={commentLengthMax}
        placeholder={t('placeholder')}
        {...keys}
      />
      <div id={list} role="listbox" aria-label={t('people')} hidden={found.length === 0}>
        {found.map((one, i) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keys
          <div
            key={one.person.id}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === at}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => mention(one)}
          >
            <bdi>{one.person.name}</bdi>
            {!one.sees && <span className="p-meta">{t('seesNot')}</span>}
          </div>
        ))}
      </div>
      <div className="docs-composer-acts">
        {onCancel && (
          <Button kind="quiet" size="small" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
        <Button
          kind="main"
          size="small"
          busy={busy}
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          {action}
        </Button>
      </div>
    </div>
  );
}

'use client';
import { readQuery } from '@parvis/contract/chat-query';
import { queryLengthMax } from '@parvis/contract/limits';
import { Avatar } from '@parvis/ui/Avatar';
import { Glyph } from '@parvis/ui/Glyph';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Filter, Hash, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { replaced } from './suggest.ts';
import { type Proposed, useSuggestions } from './useSuggestions.ts';

interface Props {
  text: string;
  /** YYYY-MM-DD. */
  today: string;
  onChange: (text: string) => void;
  /** Enter: this is what is meant. */
  onAsk: () => void;
}

/** What is said next: chosen by the arrows, taken by Enter, Tab or a press. */
function useChoice({ text, today, onChange, onAsk }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(text.length);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const { place, suggestions } = useSuggestions(readQuery(text, today), caret);
  const shown = open && suggestions.length > 0;
  const current = shown ? suggestions[chosen] : undefined;

  function change(next: string, at: number, opened: boolean) {
    onChange(next);
    setCaret(at);
    setChosen(-1);
    setOpen(opened);
  }
  function take(one: Proposed) {
    const next = replaced(text, place, one.text, one.whole);
    change(next.text, next.caret, !one.whole);
    // The field shows the new text first.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const count = suggestions.length;
    if ((key === 'ArrowDown' || key === 'ArrowUp') && count > 0) {
      setOpen(true);
      setChosen((now) => (key === 'ArrowDown' ? (now + 1) % count : (now <= 0 ? count : now) - 1));
    } else if (key === 'Escape' && shown) setOpen(false);
    else if ((key === 'Enter' || (key === 'Tab' && !event.shiftKey)) && current) take(current);
    else if (key === 'Enter') {
      setOpen(false);
      onAsk();
    } else return;
    event.preventDefault();
  }
  return {
    field,
    suggestions: shown ? suggestions : [],
    current,
    change,
    take,
    onKeyDown,
    setCaret,
    close: () => setOpen(false),
  };
}

/** The question, with what may be said next below it: the arrows walk there, Enter and Tab take it, Escape closes. */
export function SearchField(props: Props) {
  const t = useTranslations('search');
  const id = useId();
  const { field, suggestions, current, change, take, onKeyDown, setCaret, close } = useChoice(props);
  const { text } = props;
  return (
    <div className="search-field">
      <Glyph name="search" size="m" />
      <input
        ref={field}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        role="combobox"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- who opens the page of the search wants to type
        autoFocus
        dir="auto"
        aria-label={t('ask')}
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={current ? `${id}-${current.id}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('placeholder')}
        maxLength={queryLengthMax}
        value={text}
        onChange={({ target }) => change(target.value, target.selectionStart ?? target.value.length, true)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {text !== '' && (
        <IconButton
          label={t('clear')}
          onClick={() => {
            change('', 0, false);
            field.current?.focus();
          }}
        >
          <Icon of={X} />
        </IconButton>
      )}
      <div
        className="search-suggestions"
        id={`${id}-list`}
        role="listbox"
        aria-label={t('suggestions')}
        hidden={suggestions.length === 0}
      >
        {suggestions.map((one) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has keys and focus
          <div
            key={one.id}
            id={`${id}-${one.id}`}
            role="option"
            aria-selected={one === current}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(one)}
          >
            <Face of={one} />
            <bdi className="search-suggested">{one.person?.name ?? one.channel ?? one.text}</bdi>
            <span className="p-meta">{one.value === null ? t(`operators.${one.operator}`) : ''}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function Face({ of }: { of: Proposed }) {
  if (of.person) return <Avatar id={of.person.id} name={of.person.name} size="s" />;
  return <Icon of={of.channel === undefined ? Filter : Hash} size="s" />;
}

'use client';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { KindGlyph } from './FileTile.tsx';
import { Glyph } from './Glyph.tsx';
import { Kbd } from './Kbd.tsx';
import type { PaletteGroup, PaletteItem, PaletteSearch, SearchPalette } from './usePaletteSearch.tsx';
import { usePaletteSearch } from './usePaletteSearch.tsx';

export type { PaletteGroup, PaletteItem } from './usePaletteSearch.tsx';

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Name of the palette and of its field. */
  label: string;
  placeholder: string;
  closeLabel: string;
  /** Shown while nothing is typed: recent places, first commands. */
  recent: readonly PaletteGroup[];
  /** Results for a text; a late answer to an older text is dropped. Rejecting shows `failed`. */
  search: SearchPalette;
  onChoose: (item: PaletteItem, how: { newTab: boolean; text: string }) => void;
  /** Tab: look for the text everywhere. */
  onEverywhere?: (text: string) => void;
  /** Nothing found, in words. */
  none: (text: string) => ReactNode;
  failed: ReactNode;
  /** How many were found, announced politely. */
  found: (count: number) => string;
  /** `Shortcut`s of the foot. */
  hints?: ReactNode;
}

/** Go anywhere, do anything: a field that keeps the focus, results in groups that the arrows walk. */
export function CommandPalette({ open, onOpenChange, label, ...rest }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const node = dialog.current;
    if (open && node && !node.open) node.showModal();
  }, [open]);
  if (!open) return null;
  const close = () => {
    dialog.current?.close();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape is the browser's
    <dialog
      ref={dialog}
      className="p-palette"
      aria-label={label}
      onClose={() => onOpenChange(false)}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <Inside label={label} close={close} {...rest} />
    </dialog>
  );
}

type InsideProps = Omit<CommandPaletteProps, 'open' | 'onOpenChange'> & { close: () => void };

function usePaletteKeys(props: InsideProps, search: PaletteSearch) {
  const choose = (item: PaletteItem, newTab: boolean) => {
    props.close();
    props.onChoose(item, { newTab, text: search.text });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown') search.move(1);
    else if (key === 'ArrowUp') search.move(-1);
    else if (key === 'PageDown') search.move(8, false);
    else if (key === 'PageUp') search.move(-8, false);
    else if (key === 'Enter' && search.current) choose(search.current, event.ctrlKey || event.metaKey);
    else if (key === 'Tab' && !event.shiftKey && props.onEverywhere && search.text.trim() !== '') {
      props.close();
      props.onEverywhere(search.text);
    } else return;
    event.preventDefault();
  };
  return { choose, onKeyDown };
}

function Inside(props: InsideProps) {
  const { label, placeholder, closeLabel, close, none, failed, found, hints } = props;
  const id = useId();
  const search = usePaletteSearch(props.recent, props.search);
  const { choose, onKeyDown } = usePaletteKeys(props, search);
  const { groups, current, text, state } = search;
  const optionId = (item: PaletteItem | undefined) => (item ? `${id}-${item.id}` : undefined);
  const currentId = optionId(current);
  useEffect(() => {
    if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  const empty = groups.length === 0;
  return (
    <div className="p-palette-in">
      <div className="p-palette-ask">
        <Glyph name="search" size="m" />
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the palette is a field that was asked for
          autoFocus
          dir="auto"
          role="combobox"
          aria-label={label}
          aria-expanded={!empty}
          aria-controls={`${id}-list`}
          aria-activedescendant={currentId}
          aria-autocomplete="list"
          aria-busy={state === 'searching' || undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          onChange={(event) => search.ask(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="p-palette-close"
          data-keys="Esc"
          aria-label={closeLabel}
          onClick={close}
        />
      </div>
      <div className="p-palette-opts" role="listbox" id={`${id}-list`} aria-label={label}>
        {groups.map((group) => (
          <Group
            key={group.id}
            group={group}
            id={id}
            current={current}
            choose={choose}
            onPoint={search.point}
          />
        ))}
      </div>
      {state === 'failed' && <p className="p-palette-say">{failed}</p>}
      {state === 'done' && empty && text.trim() !== '' && <p className="p-palette-say">{none(text)}</p>}
      <span className="p-sr" role="status">
        {state === 'done' && text.trim() !== '' ? found(search.count) : ''}
      </span>
      {hints && <div className="p-palette-foot">{hints}</div>}
    </div>
  );
}

interface GroupProps {
  group: PaletteGroup;
  id: string;
  current: PaletteItem | undefined;
  choose: (item: PaletteItem, newTab: boolean) => void;
  onPoint: (item: PaletteItem) => void;
}

function Group({ group, id, current, choose, onPoint }: GroupProps) {
  const titleId = `${id}-${group.id}-title`;
  return (
    <div role="group" aria-labelledby={titleId}>
      <div className="p-palette-title" id={titleId} role="presentation">
        {group.title}
      </div>
      {group.items.map((item) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has keys and focus
        <div
          key={item.id}
          id={`${id}-${item.id}`}
          className="p-palette-opt"
          role="option"
          aria-selected={item.id === current?.id}
          onPointerMove={() => onPoint(item)}
          onClick={(event) => choose(item, event.ctrlKey || event.metaKey)}
        >
          {item.picture ?? (item.icon && <KindGlyph size="s">{item.icon}</KindGlyph>)}
          <span className="p-palette-words">
            <span className="p-cut">
              <bdi>{item.label}</bdi>
            </span>
            {item.note && <span className="p-meta p-cut">{item.note}</span>}
          </span>
          {item.shortcut && <Kbd>{item.shortcut}</Kbd>}
          {!item.shortcut && item.id === current?.id && <Kbd>↵</Kbd>}
        </div>
      ))}
    </div>
  );
}

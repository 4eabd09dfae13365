'use client';
import type { SuggestionMenuProps } from '@blocknote/react';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';

interface Line {
  readonly title: string;
  readonly subtext?: string;
  readonly group?: string;
  readonly badge?: string;
  readonly icon?: ReactNode;
}

/** The lines that typing finds. The focus stays in the text, which names the chosen line. */
export function SuggestionList<T extends Line>({
  items,
  selectedIndex,
  onItemClick,
  label,
  none,
}: SuggestionMenuProps<T> & { label: string; none: string }) {
  const chosen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selectedIndex !== undefined) chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [selectedIndex]);
  return (
    // The editor looks for these ids.
    <div className="docs-menu" id="bn-suggestion-menu" role="listbox" aria-label={label} tabIndex={-1}>
      {items.map((item, at) => (
        <Fragment key={`${item.group ?? ''} ${item.title} ${item.subtext ?? ''}`}>
          {item.group !== undefined && item.group !== items[at - 1]?.group && (
            <div className="docs-menu-group" role="presentation">
              {item.group}
            </div>
          )}
          <div
            className="docs-menu-line"
            id={`bn-suggestion-menu-item-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === selectedIndex}
            ref={at === selectedIndex ? chosen : null}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onItemClick?.(item)}
            onKeyDown={(event) => event.key === 'Enter' && onItemClick?.(item)}
          >
            {item.icon}
            <span className="docs-menu-words">
              <bdi>{item.title}</bdi>
              {item.subtext !== undefined && item.subtext !== '' && (
                <span className="p-meta">{item.subtext}</span>
              )}
            </span>
            {item.badge !== undefined && <kbd className="p-kbd">{item.badge}</kbd>}
          </div>
        </Fragment>
      ))}
      {items.length === 0 && (
        <div
          className="docs-menu-none"
          role="option"
          aria-selected="false"
          aria-disabled="true"
          tabIndex={-1}
        >
          {none}
        </div>
      )}
    </div>
  );
}

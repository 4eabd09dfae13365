'use client';
import { Icon, type IconShape } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import {
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListOrdered,
  SquareCode,
  Strikethrough,
  TextQuote,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef } from 'react';
import type { Style } from './keys.ts';

/** Each style with its sign and its keys, as people read and as `aria-keyshortcuts` says them. */
const tools: readonly (readonly [Style, IconShape, shown: string, spoken: string])[] = [
  ['bold', Bold, 'Ctrl B', 'Control+B'],
  ['italic', Italic, 'Ctrl I', 'Control+I'],
  ['strike', Strikethrough, 'Ctrl ⇧ X', 'Control+Shift+X'],
  ['code', Code, 'Ctrl E', 'Control+E'],
  ['link', Link, 'Ctrl ⇧ U', 'Control+Shift+U'],
  ['bullets', List, 'Ctrl ⇧ 8', 'Control+Shift+8'],
  ['numbers', ListOrdered, 'Ctrl ⇧ 7', 'Control+Shift+7'],
  ['quote', TextQuote, 'Ctrl ⇧ 9', 'Control+Shift+9'],
  ['block', SquareCode, 'Ctrl Alt C', 'Control+Alt+C'],
];

interface Props {
  /** Styles that hold where the caret is. */
  on: readonly Style[];
  disabled: boolean;
  onStyle: (style: Style) => void;
}

/** The styles of the text: one stop of the Tab key, arrows walk. */
export function StyleTools({ on, disabled, onStyle }: Props) {
  const t = useTranslations('chatCompose');
  const bar = useRef<HTMLDivElement>(null);
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -99, End: 99 }[event.key];
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])];
    if (step === undefined || buttons.length === 0) return;
    event.preventDefault();
    const rtl = getComputedStyle(bar.current as HTMLElement).direction === 'rtl';
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = here + (rtl && Math.abs(step) === 1 ? -step : step);
    buttons[Math.max(0, Math.min(buttons.length - 1, next))]?.focus();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus
    <div ref={bar} className="chat-styles" role="toolbar" aria-label={t('styles')} onKeyDown={onKeyDown}>
      {tools.map(([style, shape, keys, spoken], index) => (
        <IconButton
          key={style}
          label={t(`style.${style}`)}
          shortcut={keys}
          aria-keyshortcuts={spoken}
          pressed={on.includes(style)}
          disabled={disabled}
          tabIndex={index === 0 ? 0 : -1}
          tipSide="top"
          tipAlign={index === 0 ? 'start' : 'center'}
          // The field keeps the caret.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onStyle(style)}
        >
          <Icon of={shape} size="s" flip={style === 'bullets' || style === 'numbers' || style === 'quote'} />
        </IconButton>
      ))}
    </div>
  );
}

'use client';
import { FormattingToolbar, type FormattingToolbarProps } from '@blocknote/react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';

/** The tools that float at a selection, with the name and the arrow keys that a toolbar has. */
export function NamedToolbar(props: FormattingToolbarProps) {
  const t = useTranslations('docsWriting');
  const box = useRef<HTMLDivElement>(null);
  const label = t('floatingTools');
  useEffect(() => {
    box.current?.querySelector('[role="toolbar"]')?.setAttribute('aria-label', label);
  });
  function onKeyDown(event: KeyboardEvent) {
    const rtl = document.documentElement.dir === 'rtl';
    const forward = rtl ? 'ArrowLeft' : 'ArrowRight';
    const back = rtl ? 'ArrowRight' : 'ArrowLeft';
    if (event.key !== forward && event.key !== back) return;
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>('button:not([disabled])') ?? [])];
    const at = buttons.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    buttons[(at + (event.key === forward ? 1 : -1) + buttons.length) % buttons.length]?.focus();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its buttons take the focus, this hears their keys
    <div ref={box} onKeyDown={onKeyDown}>
      <FormattingToolbar {...props} />
    </div>
  );
}

'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { PanelName } from './Tools.tsx';

/** What stands beside the stage. Escape closes it, and the focus goes back to what opened it. */
export function Panel(props: { name: PanelName; onClose: () => void; children: ReactNode }) {
  const { name, onClose, children } = props;
  const t = useTranslations('meetRoom');
  const heading = useRef<HTMLHeadingElement>(null);
  const openedBy = useRef<Element | null>(null);
  useEffect(() => {
    openedBy.current = document.activeElement;
    heading.current?.focus();
  }, [name]);
  function close() {
    onClose();
    if (openedBy.current instanceof HTMLElement && openedBy.current.isConnected) openedBy.current.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    close();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves the whole panel
    <aside className="meet-panel" aria-label={t(name)} onKeyDown={onKeyDown}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t(name)}
        </h2>
        <IconButton label={t('closePanel')} tipAlign="end" onClick={close}>
          <Icon of={X} />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}

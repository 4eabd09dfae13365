'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { SplitHandle } from '@parvis/ui/SplitView';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { sideWidth, useSideWidth } from '../shell/useSideWidth.ts';
import type { Panel, PanelProps } from './panels.tsx';

interface Props extends PanelProps {
  panel: Panel;
  onClose: () => void;
}

/** The panel beside the text. Escape closes it; the focus then returns to the button that opened it. */
export function DocumentPanel({ panel, onClose, ...given }: Props) {
  const t = useTranslations('docs');
  const heading = useRef<HTMLHeadingElement>(null);
  const { now, change } = useSideWidth('parvis-docs-panel');
  useEffect(() => {
    // An address that names a panel opens it without taking the focus: only a press does.
    if (window.document.activeElement?.closest('[data-panel-button]')) heading.current?.focus();
  }, [panel.id]);
  function close() {
    onClose();
    window.document.querySelector<HTMLElement>(`[data-panel-button="${panel.id}"]`)?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    close();
  }
  const { Body } = panel;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves the whole panel
    <aside className="p-side docs-panel" aria-label={t(`panels.${panel.id}`)} onKeyDown={onKeyDown}>
      <SplitHandle label={t('panelWidth')} value={now} {...sideWidth} pane="end" onChange={change} />
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t(`panels.${panel.id}`)}
        </h2>
        <IconButton label={t('closePanel')} tipAlign="end" onClick={close}>
          <Icon of={X} />
        </IconButton>
      </header>
      <div className="p-scroll">
        <Body {...given} />
      </div>
    </aside>
  );
}
